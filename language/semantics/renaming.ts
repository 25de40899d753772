import { allWords } from "#language/semantics/inference/vocabulary-types.ts";
import type { Occurrence } from "#language/semantics/occurrences.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import type { GlobalTarget, SymbolAt, SymbolTarget } from "#language/semantics/symbol-target.ts";

const keywords: ReadonlySet<string> = new Set(
  "and break do else elseif end false for function goto if in local nil not or repeat return then true until while".split(
    " ",
  ),
);

/** Why a symbol can't be renamed; undefined when it can. `found` is every place where it stands. */
export function renameRefusal(
  file: ProcedureFile,
  { target }: SymbolAt,
  found: readonly Occurrence[],
): string | undefined {
  switch (target.kind) {
    case "local":
      return target.binding.span.start === target.binding.span.end
        ? "'self' is the parameter of a method: it has no name of its own to change."
        : undefined;
    case "global":
      return globalRefusal(file, target, found);
    case "member":
      if (target.member.entry) return isWord(target.name);
      return target.member.place ? undefined : `Where "${target.name}" comes from is not known.`;
    case "module":
      return "A module has the name of its file: rename the file, and its uses follow.";
    case "external":
      return `"${target.name}" is defined outside of this file: rename it in the configuration.`;
    case "entry":
    case "value":
    case "namespace":
      return isWord(target.name);
    case "step":
      return "The text of a step is written where it is used: change it there and in its `Step`.";
    default:
      return undefined;
  }
}

function isWord(name: string): string {
  return `"${name}" is a word of the language.`;
}

function globalRefusal(
  file: ProcedureFile,
  { name, reference }: GlobalTarget,
  found: readonly Occurrence[],
): string | undefined {
  if (found.some(({ role }) => role === "declaration")) return undefined;
  if (reference === undefined && allWords().has(name)) return isWord(name);
  return file.evaluatedGlobals.has(name)
    ? `"${name}" is computed while the file is loaded: no text declares it.`
    : `"${name}" is declared nowhere that is known here.`;
}

/** Why a name can't be the new one; undefined when it can. `found` is every place where the symbol stands. */
export function renameProblem(
  file: ProcedureFile,
  { target }: SymbolAt,
  newName: string,
  found: readonly Occurrence[],
): string | undefined {
  if (isIdentifier(target, found) && !/^[A-Za-z_]\w*$/.test(newName))
    return `"${newName}" is no name: it has letters, digits and underscores, and starts with no digit.`;
  if (!/^[^"'\\\]\r\n]+$/.test(newName)) return `"${newName}" can't stand in a text as it is.`;
  if (keywords.has(newName)) return `"${newName}" is a keyword of Lua.`;
  if (target.kind === "global" && allWords().has(newName)) return isWord(newName);
  return collision(file, target, newName, found);
}

/** Whether the name stands somewhere as a name of Lua; what only texts name may have other characters. */
function isIdentifier(target: SymbolTarget, found: readonly Occurrence[]): boolean {
  if (target.kind !== "global") return true;
  return found.some(({ file, model, span }) => {
    const before = file.text[model.offset + span.start - 1];
    return before !== '"' && before !== "'" && before !== "[";
  });
}

function collision(
  file: ProcedureFile,
  target: SymbolTarget,
  newName: string,
  found: readonly Occurrence[],
): string | undefined {
  if (target.kind === "member" && target.owner.kind === "table" && target.owner.members.has(newName))
    return `There is a "${newName}" beside "${target.name}" already.`;
  if (target.kind === "global" && isDefined(file, newName))
    return `There is another "${newName}" in this file.`;
  if (target.kind !== "local" && target.kind !== "global") return undefined;
  if (target.kind === "local" && isUsedWithin(file, target, newName))
    return `"${newName}" is used where this local is visible: it would then mean this one.`;
  const hidden = found.find(({ model, span }) =>
    model.scopes.bindings.some(
      ({ name, visible }) => name === newName && visible.start <= span.start && span.start < visible.end,
    ),
  );
  return hidden && `There is a local "${newName}" in a place where this name is used.`;
}

function isDefined(file: ProcedureFile, name: string): boolean {
  return (
    file.names.globalWrites(name).length > 0 ||
    file.names.topLocals(name).length > 0 ||
    file.types.sites().some(({ site }) => site.name?.text === name)
  );
}

/** Whether something else of that name is used, or declared, where a local can be seen. */
function isUsedWithin(
  file: ProcedureFile,
  { model, binding }: Extract<SymbolTarget, { kind: "local" }>,
  name: string,
): boolean {
  const { visible, isTopLevel } = binding;
  const isSeen = (offset: number): boolean => visible.start <= offset && offset < visible.end;
  const inside =
    model.scopes.free.some((use) => use.name === name && isSeen(use.node.start)) ||
    model.scopes.bindings.some(
      (other) =>
        other.name === name && (isSeen(other.span.start) || other.uses.some((use) => isSeen(use.node.start))),
    );
  if (inside || !isTopLevel) return inside;
  return file.models.some(
    (other) =>
      other.index > model.index &&
      (other.dependencies.has(name) || other.topLocals.some((local) => local.name === name)),
  );
}
