import { defineConfig } from "vitest/config";

const shared = { testTimeout: 120_000, hookTimeout: 120_000 };

// only the tests that start the program wait for it to be built
export default defineConfig({
  test: {
    projects: [
      { test: { ...shared, name: "library", include: ["test/**/*.test.ts"], exclude: ["test/cli/**"] } },
      { test: { ...shared, name: "cli", include: ["test/cli/**/*.test.ts"], globalSetup: ["test/cli/build.ts"] } },
    ],
  },
});
