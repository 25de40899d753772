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
export function answerProcedures(connection: Connection, wasm: string): void {
  let factory: Promise<(options: EngineOptions) => LuaEngine> | undefined;
  connection.onRequest(
    describeProceduresMethod,
    async ({ source, file }: DescribeProceduresParams): Promise<readonly ProcedureSummary[]> => {
      // The engine is loaded when it is first needed: findings don't wait for it.
      factory ??= import("#lua/wasm/create-wasm-engine.ts").then(({ createWasmEngineFactory }) =>
        createWasmEngineFactory({ wasm }),
      );
      const engine = (await factory)(declarationOptions);
      try {
        return describeProcedures(source, file, engine).procedures;
      } finally {
        engine.close();
      }
    },
  );
}
