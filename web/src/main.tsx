import CssBaseline from "@mui/material/CssBaseline";
import { ThemeProvider } from "@mui/material/styles";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { mindTheMoments } from "./api/ticks";
import { keepPage } from "./api/trusted";
import { App } from "./routes";
import { theme } from "./ui/theme";

const client = new QueryClient({ defaultOptions: { queries: { refetchOnWindowFocus: false, retry: 1 } } });

mindTheMoments();
// While the page is developed every file must be the newest.
if (import.meta.env.PROD) addEventListener("load", keepPage);

createRoot(document.getElementById("root") as HTMLElement).render(
  <StrictMode>
    <ThemeProvider theme={theme} defaultMode="system" modeStorageKey="knotty-mode">
      <CssBaseline enableColorScheme />
      <QueryClientProvider client={client}>
        <App />
      </QueryClientProvider>
    </ThemeProvider>
  </StrictMode>,
);
