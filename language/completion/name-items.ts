import type { CompletionItem } from "#language/completion/completion-item.ts";
import type { CompletionPlace } from "#language/completion/completion-place.ts";
import { detailOf, kindOf } from "#language/completion/member-items.ts";
import { snippetItems } from "#language/completion/snippet-items.ts";
import { allWords } from "#language/semantics/inference/vocabulary-types.ts";
import type { Type } from "#language/semantics/types.ts";

const keywords =
  "and break do else elseif end false for function goto if in local nil not or repeat return then true until while".split(
    " ",
  );

/** Words that declare something only at the top of a file, so they are not suggested as such inside functions. */
const declaredAtTheTop = new Set([
  "Toolset",
  "Specification",
  "Specifications",
  "Evaluation",
  "Evaluations",
  "Mocks",
]);

/** Names that can be used at a place: locals, globals, words of the language, keywords. */
export function nameItems(place: CompletionPlace): CompletionItem[] {
  const items = new Map<string, CompletionItem>();
  const add = (item: CompletionItem): void => {
    if (!items.has(item.label)) items.set(item.label, item);
  };
  for (const item of localItems(place)) add(item);
  for (const item of fileItems(place)) add(item);
  for (const item of wordItems(place)) add(item);
  for (const label of keywords) add({ label, kind: "keyword", rank: 7 });
  return [...items.values(), ...snippetItems(place)];
}

/** Locals of the statement that are visible, the innermost first. */
function localItems({ file, model, relative }: CompletionPlace): CompletionItem[] {
  return model.scopes.bindings
    .filter(({ visible, isTopLevel }) => visible.start <= relative && relative <= visible.end && !isTopLevel)
    .toReversed()
    .map((binding) => ({
      ...named(binding.name, file.types.typeOfBinding(model, binding)),
      kind: binding.origin.kind === "parameter" ? "parameter" : "variable",
      rank: 3,
    }));
}

/** Locals of earlier statements, and globals of the file and of what it requires. */
function fileItems({ file, model }: CompletionPlace): CompletionItem[] {
  const locals = [...file.names.topLocalNames()].flatMap((name) => {
    const local = file.names.topLocal(name, model.index + 1);
    return local ? [{ ...named(name, file.types.typeOfBinding(local.model, local.binding)), rank: 4 }] : [];
  });
  const globals = [...file.names.globalNames(), ...file.evaluatedGlobals].map((name) => ({
    ...named(name, file.types.globalType(name) ?? { kind: "unknown" as const }),
    rank: 4,
  }));
  return [...locals, ...globals];
}

function wordItems({ path }: CompletionPlace): CompletionItem[] {
  const isInFunction = path.some(({ kind }) => kind === "FunctionBody");
  return [...allWords()]
    .filter(([name]) => !isInFunction || !declaredAtTheTop.has(name))
    .map(([name, type]) => ({
      ...named(name, type),
      rank: /^[A-Z]/.test(name) ? 5 : 6,
      ...("doc" in type && type.doc !== undefined && { doc: type.doc }),
    }));
}

function named(name: string, type: Type): CompletionItem {
  return { label: name, kind: kindOf(type, "variable"), detail: detailOf(type, false) };
}
