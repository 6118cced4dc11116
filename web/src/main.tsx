import CssBaseline from "@mui/material/CssBaseline";
import { ThemeProvider } from "@mui/material/styles";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode, startTransition } from "react";
import { createRoot } from "react-dom/client";
import { mindTheMoments } from "./api/ticks";
import { keepPage } from "./api/trusted";
import { App, fetchPage } from "./routes";
import "./ui/plain.css";
import { theme } from "./ui/theme";

const client = new QueryClient({ defaultOptions: { queries: { refetchOnWindowFocus: false, retry: 1 } } });

mindTheMoments();
// While the page is developed every file must be the newest.
if (import.meta.env.PROD) addEventListener("load", keepPage);

const root = createRoot(document.getElementById("root") as HTMLElement);
const page = (
  <StrictMode>
    <ThemeProvider theme={theme} defaultMode="system" modeStorageKey="knotty-mode">
      <CssBaseline enableColorScheme />
      <QueryClientProvider client={client}>
        <App />
      </QueryClientProvider>
    </ThemeProvider>
  </StrictMode>
);
// Drawn once, when the first screen's file is there too, and in small steps: a slow phone answers in between.
void fetchPage(location.pathname).finally(() => startTransition(() => root.render(page)));
