// The app's own tests: pure logic and the store, without a browser.
import { defineConfig } from "vitest/config";

export default defineConfig({
  define: { APP_VERSION: JSON.stringify("test") },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  test: { include: ["tests/**/*.test.ts"], setupFiles: ["tests/setup.ts"] },
});
