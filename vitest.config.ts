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
    // npm test measures which branches the tests take, and fails below these shares; where they are not taken, index.html shows. What tests
    // start as a process or thread of its own is not seen: only what they call themselves counts.
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts"],
      reporter: ["text-summary", "html"],
      reportsDirectory: "node_modules/.cache/nines-coverage",
      thresholds: {
        branches: 85,
        "src/kernel/**": { branches: 95 },
        "src/random/**": { branches: 95 },
        "src/stats/**": { branches: 95 },
        "src/model/**": { branches: 95 },
      },
    },
    projects: [
      { resolve, test: { ...shared, name: "library", include: ["test/**/*.test.ts"], exclude: [...built, "**/node_modules/**"] } },
      { test: { ...shared, name: "cli", include: built, globalSetup: ["test/cli/build.ts"] } },
    ],
  },
});
