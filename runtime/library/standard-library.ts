import type { LuaTable } from "#lua/engine.ts";
import type { RunContext } from "../declarations/run-context.ts";
import { generateModules } from "./generate/generate-modules.ts";
import { ioModules } from "./io/io-modules.ts";
import type { LibraryModule } from "./library-module.ts";
import { markupModules } from "./markup/markup-modules.ts";
import { modelModules } from "./models/model-modules.ts";
import { retrievalModules } from "./retrieval/retrieval-modules.ts";
import { classifyModules } from "./text/classify-modules.ts";
import { extractModules } from "./text/extract-modules.ts";
import { standardTools } from "./tools/standard-tools.ts";
import { transcriptModules } from "./transcripts/transcript-modules.ts";
import { webModules } from "./web/web-modules.ts";

/** Everything that `require("tactus.…")` finds; one folder an area. */
const modules: Readonly<Record<string, LibraryModule>> = {
  ...ioModules,
  ...retrievalModules,
  ...standardTools,
  ...classifyModules,
  ...extractModules,
  ...generateModules,
  ...modelModules,
  ...markupModules,
  ...transcriptModules,
  ...webModules,
};

/** The names of all modules. */
export const libraryNames: readonly string[] = Object.keys(modules);

/** Makes the value of a module; undefined when there is none of this name. */
export function libraryModule(context: RunContext, name: string): LuaTable | undefined {
  return Object.hasOwn(modules, name) ? modules[name]?.(context) : undefined;
}
