import Box from "@mui/material/Box";
import IconButton from "@mui/material/IconButton";
import Link from "@mui/material/Link";
import { useColorScheme } from "@mui/material/styles";
import { useEffect } from "react";
import { NavLink, Outlet, Link as RouterLink } from "react-router";
import { hidden } from "./parts";
import { LogoIcon, MoonIcon, SunIcon } from "./icons";
import { useKept } from "./kept";
import { TITLE } from "./theme";
import { Update } from "./Update";

/** The frame around every screen: skip link, the slim bar, main, the foot. */
export function Shell() {
  return (
    <Box sx={{ minHeight: "100vh", display: "flex", flexDirection: "column" }}>
      <Link href="#main" sx={skip}>
        Skip to the page
      </Link>
      <Bar />
      <Box component="main" id="main" tabIndex={-1} sx={{ width: "100%", maxWidth: 900 + 32, mx: "auto", px: 2, pt: { xs: 3, sm: 5 }, pb: 8, flex: 1, outline: "none" }}>
        <Box sx={{ "@media print": { display: "none" } }}>
          <Update />
        </Box>
        <Outlet />
      </Box>
    </Box>
  );
}

const skip = {
  position: "absolute",
  left: 8,
  top: -80,
  zIndex: 2,
  px: 2,
  py: 1.5,
  bgcolor: "background.paper",
  "&:focus": { top: 8 },
} as const;

function Bar() {
  return (
    <Box component="header" sx={{ borderBottom: 1, borderColor: "keyline", "@media print": { display: "none" } }}>
      <Box component="nav" aria-label="Main" sx={{ maxWidth: 900 + 32, mx: "auto", px: { xs: 1, sm: 2 }, display: "flex", flexWrap: "wrap", alignItems: "center", columnGap: { xs: 0, sm: 1 } }}>
        <Link component={RouterLink} to="/" underline="none" sx={{ display: "flex", alignItems: "center", gap: 1, minHeight: 48, pr: 1, mr: "auto", color: "text.primary", fontFamily: TITLE, fontWeight: 600, fontSize: "1.125rem" }}>
          <LogoIcon sx={{ color: "primary.main" }} />
          <Box component="span" sx={{ "@media (max-width: 350px)": hidden }}>Knotty</Box>
        </Link>
        <Tab to="/mine">
          My patterns
        </Tab>
        <Tab to="/check">
          Check<Long before=" a pattern" />
        </Tab>
        <SizeButton />
        <SchemeButton />
      </Box>
    </Box>
  );
}

/** Words that a narrow bar leaves out for the eye, not for the ear. */
function Long({ before }: { before: string }) {
  return (
    <Box component="span" sx={{ whiteSpace: "pre", "@media (max-width: 480px)": hidden }}>
      {before}
    </Box>
  );
}

function Tab({ to, children }: { to: string; children: React.ReactNode }) {
  return (
    <Link
      component={NavLink}
      to={to}
      underline="none"
      sx={{
        display: "inline-flex",
        alignItems: "center",
        position: "relative",
        minHeight: 48,
        px: { xs: 0.75, sm: 1.25 },
        color: "text.secondary",
        fontSize: "0.9375rem",
        "&:hover": { color: "text.primary" },
        "&.active": { color: "text.primary", boxShadow: "inset 0 -3px 0 var(--mui-palette-primary-main)" },
      }}
    >
      <span>{children}</span>
    </Link>
  );
}

/** How large instructions are set. Of the rest of the page the browser's own zoom takes care. */
const READING = [
  { words: "normal", size: "1.0625rem" },
  { words: "large", size: "1.3125rem" },
  { words: "very large", size: "1.625rem" },
] as const;

function SizeButton() {
  const [index, setIndex] = useKept("knotty-reading", 0);
  const { words, size } = READING[index] ?? READING[0];
  useEffect(() => document.documentElement.style.setProperty("--knotty-reading", size), [size]);
  return (
    <IconButton onClick={() => setIndex((index + 1) % READING.length)} aria-label={`Size of the instructions: ${words}`} sx={{ fontFamily: TITLE, fontSize: `${1 + index * 0.125}rem`, color: "text.secondary" }}>
      Aa
    </IconButton>
  );
}

function SchemeButton() {
  const { mode, systemMode, setMode } = useColorScheme();
  const dark = (mode === "system" ? systemMode : mode) === "dark";
  return (
    <IconButton onClick={() => setMode(dark ? "light" : "dark")} aria-label={dark ? "Light page" : "Dark page"}>
      {dark ? <SunIcon /> : <MoonIcon />}
    </IconButton>
  );
}
