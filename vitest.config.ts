import { defineConfig } from "vitest/config";

// What tests read is text without colours, whatever the terminal or the CI service around them would get.
for (const name of ["FORCE_COLOR", "CLICOLOR_FORCE", "COLORTERM"]) delete process.env[name];
process.env.NO_COLOR = "1";

/** Suites that need a machine part (an engine, an editor) run alone and in order; the rest shares one process. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["**/*.test.ts"],
          exclude: ["node_modules/**", "dist/**", ".cache/**", "test/!(screen)/**"],
          isolate: false,
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: "contract",
          include: ["test/contract/**/*.test.ts", "test/review/**/*.test.ts"],
          testTimeout: 60_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: "conformance",
          include: ["test/conformance/**/*.test.ts"],
          maxConcurrency: 3,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          name: "robustness",
          include: ["test/robustness/**/*.test.ts"],
          testTimeout: 600_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
      { test: { name: "clone", include: ["test/clone/**/*.test.ts"], testTimeout: 300_000 } },
      {
        test: {
          name: "docker",
          include: ["test/{isolation,debugging}/**/*.test.ts"],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: "attacks",
          include: ["test/attacks/**/*.test.ts"],
          // Most of an attempt is spent in processes that it starts.
          maxConcurrency: 4,
          testTimeout: 120_000,
          hookTimeout: 180_000,
          fileParallelism: false,
          // Parts of the product that are built without a control are loaded as they are.
          server: { deps: { external: [/\.cache\/attacks\//] } },
        },
      },
      {
        test: {
          name: "faults",
          include: ["test/faults/**/*.test.ts"],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: "editor",
          include: ["test/editor/**/*.test.ts"],
          testTimeout: 300_000,
          hookTimeout: 600_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
