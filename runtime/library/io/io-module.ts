import type { RunContext } from "../../declarations/run-context.ts";
import type { Primitive } from "../../vm/vm.ts";
import { WorkspaceFiles } from "../../workspace/workspace-files.ts";
import type { LibraryModule } from "../library-module.ts";

/** Makes the functions of one module of `tactus.io`. */
type Functions = (files: WorkspaceFiles, context: RunContext) => Readonly<Record<string, Primitive>>;

/** A module of `tactus.io`: a table of functions over the files beside the procedure. */
export function ioModule(name: string, functions: Functions): LibraryModule {
  return (context) =>
    context.vm.library(name, functions(new WorkspaceFiles(context.ports, context.file), context));
}
