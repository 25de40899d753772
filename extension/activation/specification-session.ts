import { availableParallelism } from "node:os";
import type { FrontEndServices } from "#runs/session/broker-services.ts";
import type { SpecificationSession } from "../testing/specification-session.ts";
import type { EditorSandboxes } from "./editor-sandboxes.ts";

/** Runs specifications through `runs/testing`, as the command `test` does: models are mocked, nothing is granted. */
export function createSpecificationSession(
  sandboxes: EditorSandboxes,
  services: FrontEndServices,
): SpecificationSession {
  return {
    async run({ file, workspaceRoot, ...chosen }, signal) {
      const { runTests, usualSeconds } = await import("#runs/testing/run-tests.ts");
      const tested = await runTests(
        {
          ...chosen,
          files: [file],
          workspaceRoot: () => workspaceRoot,
          mock: true,
          runs: 1,
          jobs: availableParallelism(),
          caseSeconds: usualSeconds.mocked,
          grantAll: false,
          sandboxSetup: await sandboxes.setup(),
          openIsolation: (name) => sandboxes.isolation(name),
          services,
        },
        signal,
      );
      sandboxes.prepareSoon();
      return tested;
    },
  };
}
