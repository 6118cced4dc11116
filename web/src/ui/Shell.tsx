import { useColorScheme } from "@mui/material/styles";
import { useEffect } from "react";
import { Link, NavLink, Outlet } from "react-router";
import { IconButton } from "./IconButton";
import { LogoIcon, MoonIcon, SunIcon } from "./icons";
import { useKept } from "./kept";
import { Update } from "./Update";

/** The frame around every screen: skip link, the slim bar, main, the foot. */
export function Shell() {
  return (
    <div className="frame">
      <a href="#main" className="skip">
        Skip to the page
      </a>
      <Bar />
      <main id="main" tabIndex={-1}>
        <div className="news">
          <Update />
        </div>
        <Outlet />
      </main>
    </div>
  );
}

function Bar() {
  return (
    <header className="bar">
      <nav aria-label="Main">
        <Link to="/" className="to-home">
          <LogoIcon />
          <span className="name">Knotty</span>
        </Link>
        <NavLink to="/mine" className="tab">
          My patterns
        </NavLink>
        <NavLink to="/check" className="tab">
          Check<span className="long"> a pattern</span>
        </NavLink>
        <SizeButton />
        <SchemeButton />
      </nav>
    </header>
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
    <IconButton className="icon-button letters" onClick={() => setIndex((index + 1) % READING.length)} aria-label={`Size of the instructions: ${words}`} style={{ fontSize: `${1 + index * 0.125}rem` }}>
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
