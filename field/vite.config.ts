// How the app is built: one page under /field/, its files precached by a service worker.
import { VitePWA } from "vite-plugin-pwa";
import { defineConfig } from "vite";
import pkg from "./package.json" with { type: "json" };

export default defineConfig({
  base: "/field/",
  define: { APP_VERSION: JSON.stringify(pkg.version) },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: { outDir: "dist/field", emptyOutDir: true, target: "es2022", assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  plugins: [
    VitePWA({
      strategies: "injectManifest",
      srcDir: "src",
      filename: "worker.ts",
      registerType: "prompt",
      injectRegister: false,
      injectManifest: { globPatterns: ["**/*.{html,js,css,svg,png,wasm,webmanifest}"], maximumFileSizeToCacheInBytes: 4_000_000 },
      manifest: {
        id: "/field/",
        name: "织密 Closeknit",
        short_name: "织密",
        description: "入户、采样、卡点登记，断网可用。Doors, sampling, gates: works without a network.",
        lang: "zh-Hans",
        start_url: "/field/",
        scope: "/field/",
        display: "standalone",
        orientation: "portrait",
        background_color: "#f4f6f8",
        theme_color: "#0b5d59",
        icons: [
          { src: "icon-192.png", sizes: "192x192", type: "image/png", purpose: "any" },
          { src: "icon-512.png", sizes: "512x512", type: "image/png", purpose: "any" },
          { src: "icon-maskable.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
        ],
      },
    }),
  ],
});
