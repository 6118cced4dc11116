import react from "@vitejs/plugin-react";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

// Where the API listens while the page is developed; `./knotty dev` sets it.
const api = process.env.KNOTTY_API ?? "http://127.0.0.1:8000";

/** The files of a built page. */
function built(out: string): string[] {
  const entries = readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map((entry) => join(entry.parentPath, entry.name)).toSorted();
}

type Manifest = Record<string, { file: string; imports?: string[] }>;

/** The scripts that must be there before this one runs, itself too. */
function needs(manifest: Manifest, name: string): string[] {
  const part = manifest[name];
  return part ? [part.file, ...(part.imports ?? []).flatMap((other) => needs(manifest, other))] : [];
}

/** What is done with the built page, in its folder. */
function afterwards(name: string, done: (out: string) => void): Plugin {
  let out = "dist";
  return {
    name,
    apply: "build",
    configResolved: (config) => {
      out = config.build.outDir;
    },
    closeBundle: () => done(out),
  };
}

/** In scheme.js the names of the files that a pattern's page needs beside those of index.html. */
function ahead(): Plugin {
  return afterwards("ahead", (out) => {
    const manifest = JSON.parse(readFileSync(join(out, ".vite/manifest.json"), "utf8")) as Manifest;
    const there = needs(manifest, "index.html");
    const files = new Set(needs(manifest, "src/pages/PatternPage.tsx").filter((file) => !there.includes(file)));
    const text = readFileSync("public/scheme.js", "utf8");
    writeFileSync(join(out, "scheme.js"), text.replace("files = []", `files = ${JSON.stringify([...files])}`));
  });
}

/** The service worker with the list of what it keeps; its version is a hash of all of that. */
function serviceWorker(): Plugin {
  return afterwards("service-worker", (out) => {
    // Icons are for the system, which keeps its own.
    const kept = built(out).filter((file) => /\.(js|css|woff2|svg|webmanifest)$/.test(file));
    const hash = createHash("sha256");
    for (const file of [join(out, "index.html"), ...kept]) hash.update(readFileSync(file));
    const files = ["/", ...kept.map((file) => `/${relative(out, file)}`)];
    const text = readFileSync("worker/sw.js", "utf8");
    const told = text.replace("__VERSION__", hash.digest("hex").slice(0, 16)).replace("__FILES__", JSON.stringify(files));
    writeFileSync(join(out, "sw.js"), told);
  });
}

/** Packed twins beside each text file: the API serves them as they lie, and packs nothing itself. */
function packed(): Plugin {
  return afterwards("packed", (out) => {
    for (const file of built(out).filter((name) => /\.(js|css|svg|html|webmanifest)$/.test(name))) {
      const bytes = readFileSync(file);
      writeFileSync(`${file}.br`, brotliCompressSync(bytes));
      writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
    }
  });
}

export default defineConfig({
  plugins: [react(), ahead(), serviceWorker(), packed()],
  server: {
    proxy: { "/api": api, "/generate-pattern": api },
  },
  build: {
    // The preload polyfill is for browsers older than those MUI 9 runs in.
    modulePreload: { polyfill: false },
    // Fonts and pictures stay files: the page's policy has no data: for fonts.
    assetsInlineLimit: 0,
    manifest: true,
    // All of it is 2 kB: one file that is there before the first route is.
    cssCodeSplit: false,
    // Others' code that two screens share comes as one file, since many small ones pack worse.
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: "vendor", test: /node_modules/, minShareCount: 2 }] } },
    },
  },
  test: {
    environment: "jsdom",
    testTimeout: 30_000,
    setupFiles: ["./src/setup.test-env.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
  },
});
