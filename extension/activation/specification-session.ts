import { availableParallelism } from "node:os";
import type { FrontEndServices } from "#runs/session/broker-services.ts";
import type { SpecificationSession } from "../testing/specification-session.ts";
import { sandboxSetup } from "./sandbox-setup.ts";

/** Runs specifications through `runs/testing`, as the command `test` does: models are mocked, nothing is granted. */
export function createSpecificationSession(
  extensionFolder: string,
  services: FrontEndServices,
): SpecificationSession {
  return {
    async run({ file, workspaceRoot, ...chosen }, signal) {
      const { runTests, usualSeconds } = await import("#runs/testing/run-tests.ts");
      return runTests(
        {
          ...chosen,
          files: [file],
          workspaceRoot: () => workspaceRoot,
          mock: true,
          runs: 1,
          jobs: availableParallelism(),
          caseSeconds: usualSeconds.mocked,
          grantAll: false,
          sandboxSetup: await sandboxSetup(extensionFolder),
          services,
        },
        signal,
      );
    },
  };
}
