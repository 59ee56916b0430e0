export default { test: { include: ["*.vitest.ts", "*.test.ts"], testTimeout: 60_000 } };
