/** Theme: the tokens of a pattern leaflet. Cream stock, ink, one hot colour; yarn colours are never interface colours. */

import { createTheme } from "@mui/material/styles";

declare module "@mui/material/styles" {
  interface Palette {
    /** The edge of a control: 3 to 1 on ground and paper. */
    edge: string;
    /** Keylines that only divide. */
    keyline: string;
  }
  interface PaletteOptions {
    edge: string;
    keyline: string;
  }
}

export const BODY = '"Atkinson Hyperlegible Next Variable", system-ui, sans-serif';
export const TITLE = '"Fraunces Variable", Georgia, serif';

const focusRing = { outline: "3px solid var(--mui-palette-secondary-main)", outlineOffset: 2 } as const;

const title = { fontFamily: TITLE, fontWeight: 600, letterSpacing: "-0.01em", textWrap: "balance" } as const;

export const theme = createTheme({
  cssVariables: { colorSchemeSelector: "data-scheme" },
  colorSchemes: {
    light: {
      palette: {
        background: { default: "#F7F2E8", paper: "#FFFDF8" },
        text: { primary: "#1E2430", secondary: "#4C5464" },
        action: { active: "#4C5464" },
        primary: { main: "#8A2F1D", dark: "#6E2414", contrastText: "#FFFDF8" },
        secondary: { main: "#2B4A6F", contrastText: "#FFFDF8" },
        success: { main: "#2F6B3F" },
        warning: { main: "#8A5A00" },
        error: { main: "#A3212B" },
        divider: "#DCD2BF",
        edge: "#857A66",
        keyline: "#DCD2BF",
      },
    },
    dark: {
      palette: {
        background: { default: "#171A21", paper: "#1F242E" },
        text: { primary: "#F3EEE4", secondary: "#BFC4CE" },
        action: { active: "#BFC4CE" },
        primary: { main: "#F2A58E", dark: "#F7BCAA", contrastText: "#171A21" },
        secondary: { main: "#A9C4E4", contrastText: "#171A21" },
        success: { main: "#8FD3A0" },
        warning: { main: "#F0C063" },
        error: { main: "#FF9C9C" },
        divider: "#363D4A",
        edge: "#7C8596",
        keyline: "#363D4A",
      },
    },
  },
  shape: { borderRadius: 10 },
  typography: {
    fontFamily: BODY,
    h1: { ...title, fontSize: "clamp(2rem, 1.4rem + 2.6vw, 3rem)", lineHeight: 1.1 },
    h2: { ...title, fontSize: "1.5rem", lineHeight: 1.2 },
    h3: { ...title, fontSize: "1.1875rem", lineHeight: 1.3 },
    body1: { fontSize: "1.0625rem", lineHeight: 1.55 },
    body2: { fontSize: "0.9375rem", lineHeight: 1.5 },
    button: { fontSize: "1rem", fontWeight: 600, textTransform: "none" },
  },
  transitions: { duration: { shortest: 120, shorter: 120, short: 150, standard: 180 } },
  components: {
    MuiCssBaseline: {
      styleOverrides: {
        body: { fontVariantNumeric: "lining-nums" },
        "h1:focus": { outline: "none" },
        ":focus-visible": focusRing,
        "@media (prefers-reduced-motion: reduce)": {
          "*, *::before, *::after": { animation: "none !important", transition: "none !important", scrollBehavior: "auto !important" },
        },
        "::selection": { background: "var(--mui-palette-primary-main)", color: "var(--mui-palette-primary-contrastText)" },
      },
    },
    // Its own style takes the ring away, because a ripple would show the focus.
    MuiButtonBase: { defaultProps: { disableRipple: true }, styleOverrides: { root: { "&:focus-visible": focusRing } } },
    MuiButton: {
      defaultProps: { disableElevation: true },
      styleOverrides: {
        root: ({ theme: t }) => ({
          minHeight: 48,
          paddingInline: 20,
          borderRadius: 10,
          variants: [{ props: { variant: "outlined" }, style: { borderColor: t.vars.palette.edge } }],
        }),
      },
    },
    MuiIconButton: { styleOverrides: { root: { minWidth: 48, minHeight: 48, borderRadius: 10 } } },
    MuiPaper: { defaultProps: { elevation: 0 } },
    MuiLink: { defaultProps: { underline: "always" }, styleOverrides: { root: { textUnderlineOffset: "0.2em" } } },
  },
});
