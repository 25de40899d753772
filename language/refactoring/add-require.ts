import { projectModules } from "#language/completion/module-exports.ts";
import { requireEdit } from "#language/completion/require-edit.ts";
import { moduleNameFor } from "#language/project/modules.ts";
import type { FindRefactoring, RefactoringPlace } from "#language/refactoring/refactoring.ts";
import { symbolAt } from "#language/semantics/symbols.ts";
import { standardModules } from "#vocabulary/modules.ts";

/** Requires the module that a name nothing defines is most likely meant to be. */
export const addRequire: FindRefactoring = (place, { start }) => {
  const { file } = place;
  const symbol = symbolAt(file, start);
  if (symbol?.target.kind !== "global" || symbol.target.declaredBy || symbol.target.reference)
    return undefined;
  const { name } = symbol.target;
  if (file.types.globalType(name) || file.evaluatedGlobals.has(name)) return undefined;
  const module = moduleCalled(name, place);
  if (module === undefined) return undefined;
  return {
    title: `Add local ${name} = require("${module}")`,
    kind: "quickfix",
    edits: () => [requireEdit(file, name, module)],
  };
};

/** A module of the project before one of the library. */
function moduleCalled(name: string, { file, project }: RefactoringPlace): string | undefined {
  const own = [...projectModules(project).keys()].flatMap((uri) =>
    uri === file.uri ? [] : (moduleNameFor(file.uri, uri, "") ?? []),
  );
  const all = [...own, ...standardModules.map((module) => module.name)];
  return all.find((module) => module.slice(module.lastIndexOf(".") + 1) === name);
}
