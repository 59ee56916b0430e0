import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const shared = { testTimeout: 120_000, hookTimeout: 120_000 };

// what is tested as it is built
const built = ["test/cli/**/*.test.ts", "test/package/*.test.ts"];

// the examples import what users import
const resolve = { alias: { "nines/testing": fileURLToPath(new URL("src/testing/index.ts", import.meta.url)) } };

// only the tests that start the program wait for it to be built
export default defineConfig({
  test: {
    projects: [
      { resolve, test: { ...shared, name: "library", include: ["test/**/*.test.ts"], exclude: [...built, "**/node_modules/**"] } },
      { test: { ...shared, name: "cli", include: built, globalSetup: ["test/cli/build.ts"] } },
    ],
  },
});
