// The app's own tests: pure logic and the store, without a browser.
import { defineConfig } from "vitest/config";

export default defineConfig({
  define: { APP_VERSION: JSON.stringify("test") },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  // a machine that does other things as well is slow, and not wrong
  test: { include: ["tests/**/*.test.ts"], setupFiles: ["tests/setup.ts"], testTimeout: 20_000 },
});
