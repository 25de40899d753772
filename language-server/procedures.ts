import type { Connection } from "vscode-languageserver";
import { describeProcedures, type ProcedureSummary } from "#language/declarations/describe-procedures.ts";
import type { EngineOptions, LuaEngine } from "#lua/engine.ts";
import {
  type DescribeProceduresParams,
  describeProceduresMethod,
} from "#protocol/editor/describe-procedures.ts";

/** Declarations are short: a file that computes for longer declares what it has declared until then. */
const declarationOptions: EngineOptions = {
  memoryBytes: 64 * 1024 * 1024,
  instructions: 10_000_000,
  seed: 0,
  now: () => 0,
  print: () => {},
};

/** Answers which procedures a source declares, each with its inputs, for run buttons and input forms. */
export function answerProcedures(
  connection: Connection,
  createEngine: (options: EngineOptions) => LuaEngine,
): void {
  connection.onRequest(
    describeProceduresMethod,
    ({ source, file }: DescribeProceduresParams): readonly ProcedureSummary[] => {
      const engine = createEngine(declarationOptions);
      try {
        return describeProcedures(source, file, engine).procedures;
      } finally {
        engine.close();
      }
    },
  );
}
