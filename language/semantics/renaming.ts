import { allWords } from "#language/semantics/inference/vocabulary-types.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import type { SymbolAt } from "#language/semantics/symbols.ts";

const keywords = new Set(
  "and break do else elseif end false for function goto if in local nil not or repeat return then true until while".split(
    " ",
  ),
);

/** Why a symbol can't be renamed; undefined when it can. */
export function renameRefusal(file: ProcedureFile, { target }: SymbolAt): string | undefined {
  switch (target.kind) {
    case "local":
      return target.binding.span.start === target.binding.span.end
        ? "'self' is the parameter of a method: it has no name of its own to change."
        : undefined;
    case "global": {
      const isOwn =
        file.names.globalWrites(target.name).length > 0 ||
        file.models.some(({ sites }) => sites.some(({ name }) => name?.text === target.name));
      if (isOwn) return undefined;
      return allWords().has(target.name)
        ? `"${target.name}" is a word of the language.`
        : `"${target.name}" is declared nowhere that is known here.`;
    }
    case "member":
      if (target.member.entry) return `"${target.name}" is a word of the language.`;
      return target.member.place ? undefined : `Where "${target.name}" comes from is not known.`;
    case "module":
      return "A module has the name of its file: rename the file, and its uses follow.";
    case "label":
      return undefined;
  }
}

/** Why a name can't be the new one; undefined when it can. */
export function renameProblem(
  file: ProcedureFile,
  { target }: SymbolAt,
  newName: string,
): string | undefined {
  const isVariable = target.kind !== "global" || file.names.globalWrites(target.name).length > 0;
  if (isVariable && !/^[A-Za-z_]\w*$/.test(newName))
    return `"${newName}" is no name: it has letters, digits and underscores, and starts with no digit.`;
  if (!isVariable && /["\\\r\n]/.test(newName)) return `"${newName}" can't stand in a text as it is.`;
  if (keywords.has(newName)) return `"${newName}" is a keyword of Lua.`;
  if (target.kind === "global" && allWords().has(newName)) return `"${newName}" is a word of the language.`;
  return collision(file, target, newName);
}

function collision(file: ProcedureFile, target: SymbolAt["target"], newName: string): string | undefined {
  if (target.kind === "local") {
    const { visible } = target.binding;
    const other = target.model.scopes.bindings.find(
      (binding) =>
        binding.name === newName &&
        binding.visible.start < visible.end &&
        visible.start < binding.visible.end,
    );
    return other && `There is another local "${newName}" where this one is visible.`;
  }
  if (target.kind !== "global") return undefined;
  const isTaken = file.names.globalWrites(newName).length > 0 || file.names.topLocals(newName).length > 0;
  return isTaken ? `There is another "${newName}" in this file.` : undefined;
}
