import type * as vscode from "vscode";
import { savedProcedure, targetOf } from "../running/procedure-file.ts";
import { registerTrustedCommand } from "../trust/restricted-mode.ts";
import type { ScenarioOutcome } from "./scenario-outcome.ts";
import type { SpecificationTests } from "./specification-tests.ts";

/** Registers the command of the lens above a specification: it runs the file's scenarios, or the one that is named. */
export function registerSpecifications(tests: SpecificationTests): vscode.Disposable {
  return registerTrustedCommand(
    "tactus.runSpecification",
    async (target?: unknown, scenario?: unknown): Promise<readonly ScenarioOutcome[]> => {
      const document = await savedProcedure(targetOf(target));
      if (!document) return [];
      // Menus pass a second argument of their own, and the lens of a whole specification an empty name.
      const name = typeof scenario === "string" && scenario !== "" ? scenario : undefined;
      return tests.runFile(document.uri, name);
    },
  );
}
