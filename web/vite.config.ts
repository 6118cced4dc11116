import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// Where the API listens while the page is developed; `./knotty dev` sets it.
const api = process.env.KNOTTY_API ?? "http://127.0.0.1:8000";

export default defineConfig({
  plugins: [react()],
  server: {
    proxy: { "/api": api, "/generate-pattern": api },
  },
  build: {
    // The preload polyfill is for browsers older than those MUI 9 runs in.
    modulePreload: { polyfill: false },
    // Fonts and pictures stay files: the page's policy has no data: for fonts.
    assetsInlineLimit: 0,
    manifest: true,
  },
  test: {
    environment: "jsdom",
    setupFiles: ["./src/setup.test-env.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
  },
});
