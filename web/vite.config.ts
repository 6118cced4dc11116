import react from "@vitejs/plugin-react";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

// Where the API listens while the page is developed; `./knotty dev` sets it.
const api = process.env.KNOTTY_API ?? "http://127.0.0.1:8000";

/** Packed twins beside each text file: the API serves them as they lie, and packs nothing itself. */
function packed(): Plugin {
  let out = "dist";
  return {
    name: "packed",
    apply: "build",
    configResolved: (config) => {
      out = config.build.outDir;
    },
    closeBundle: () => {
      for (const entry of readdirSync(out, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile() || !/\.(js|css|svg|html)$/.test(entry.name)) continue;
        const file = join(entry.parentPath, entry.name);
        const bytes = readFileSync(file);
        writeFileSync(`${file}.br`, brotliCompressSync(bytes));
        writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
      }
    },
  };
}

export default defineConfig({
  plugins: [react(), packed()],
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
