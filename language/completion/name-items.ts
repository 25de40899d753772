import type { CompletionItem } from "#language/completion/completion-item.ts";
import { type CodePlace, expectedHere } from "#language/completion/completion-place.ts";
import { detailOf, kindOf } from "#language/completion/member-items.ts";
import { wordDoc } from "#language/completion/word-doc.ts";
import type { PlaceEntry } from "#language/semantics/expected-value.ts";
import { allWords } from "#language/semantics/inference/vocabulary-types.ts";
import { plainText } from "#language/semantics/markdown.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import { type Type, unknownType } from "#language/semantics/types.ts";
import { declarations } from "#vocabulary/declarations.ts";
import type { ReferenceKind } from "#vocabulary/entries.ts";
import { primitives } from "#vocabulary/primitives.ts";

/** Names that can be used at a place: locals, globals, words of the language. */
export function nameItems(place: CodePlace): CompletionItem[] {
  const wanted = place.slot.kind === "statement" ? undefined : expectedHere(place)?.entry;
  return [...localItems(place, wanted), ...fileItems(place, wanted), ...wordItems(place)];
}

/** Locals of the statement that are visible, the innermost first. */
function localItems({ file, model, relative }: CodePlace, wanted: PlaceEntry | undefined): CompletionItem[] {
  return model.scopes.bindings
    .filter(({ visible }) => visible.start <= relative && relative <= visible.end)
    .toReversed()
    .map((binding) => {
      const type = file.types.typeOfBinding(model, binding);
      const kind = binding.origin.kind === "parameter" ? "parameter" : kindOf(type, "variable");
      return { ...named(binding.name, type), kind, rank: fits(handleOf(type), wanted) ? 2 : 3 };
    });
}

/** Locals of earlier statements, and globals of the file. */
function fileItems({ file, model }: CodePlace, wanted: PlaceEntry | undefined): CompletionItem[] {
  const found: NamedType[] = [];
  for (const name of file.names.topLocalNames()) {
    const local = file.names.topLocal(name, model.index);
    if (local)
      found.push(namedIn(local.model, name, () => file.types.typeOfBinding(local.model, local.binding)));
  }
  for (const name of file.names.globalNames()) {
    const type = (): Type => file.types.globalType(name) ?? unknownType;
    const [write, ...more] = file.names.globalWrites(name);
    const isPlain = write && more.length === 0 && file.names.fieldWrites(name).length === 0;
    found.push(isPlain ? namedIn(write.model, name, type) : namedType(name, type()));
  }
  for (const name of file.evaluatedGlobals)
    found.push(namedType(name, file.types.globalType(name) ?? unknownType));
  return found.map(({ item, handle }) => ({ ...item, rank: fits(handle, wanted) ? 2 : 4 }));
}

/** A name as a suggestion, and the kind of handle that it holds; its type would keep a whole version of the file alive. */
interface NamedType {
  readonly item: CompletionItem;
  readonly handle: string | undefined;
}

const namesOf = new WeakMap<StatementModel, Map<string, NamedType>>();

/** A name that one statement alone gives its meaning; kept with it, since finding out all types takes long. */
function namedIn(model: StatementModel, name: string, type: () => Type): NamedType {
  const names = namesOf.get(model) ?? new Map<string, NamedType>();
  namesOf.set(model, names);
  const known = names.get(name) ?? namedType(name, type());
  names.set(name, known);
  return known;
}

function namedType(name: string, type: Type): NamedType {
  return { item: named(name, type), handle: handleOf(type) };
}

/** The kinds of handles that a name of this kind stands for. */
const handlesOf: Readonly<Partial<Record<ReferenceKind, readonly string[]>>> = {
  tool: ["tool"],
  toolset: ["toolset"],
  toolOrToolset: ["tool", "toolset"],
  agent: ["agent"],
  procedure: ["procedure"],
  model: ["model"],
};

function handleOf(type: Type): string | undefined {
  return type.kind === "handle" ? type.handle : undefined;
}

/** Whether a variable with a handle of this kind is what the place asks for. */
function fits(handle: string | undefined, wanted: PlaceEntry | undefined): boolean {
  if (!wanted || handle === undefined) return false;
  if (wanted.handle !== undefined) return wanted.handle === handle;
  return (wanted.refersTo && handlesOf[wanted.refersTo]?.includes(handle)) === true;
}

const phases: ReadonlyMap<string, "declaration" | "procedure" | "both"> = new Map([
  ...declarations.map(({ name, phase }) => [name, phase] as const),
  ...primitives.map(({ name, phase }) => [name, phase] as const),
]);

/** Words that do something there: some declare only at the top of a file, others exist only while a procedure runs. */
function wordItems({ path, file }: CodePlace): CompletionItem[] {
  const isInFunction = path.some(({ kind }) => kind === "FunctionBody");
  const hasProcedure = file.types.sites().some(({ site }) => site.kind === "Procedure");
  // The lines of a script are the body of its procedure, so both kinds make sense there.
  const missing = isInFunction ? "declaration" : hasProcedure ? "procedure" : undefined;
  return [...allWords()]
    .filter(([name]) => missing === undefined || phases.get(name) !== missing)
    .map(([name, type]) => {
      const { doc, deprecated } = wordDoc(name, type);
      return {
        ...named(name, type),
        rank: deprecated ? 8 : /^[A-Z]/.test(name) ? 5 : 6,
        ...(doc !== undefined && { doc }),
        ...(deprecated && { isDeprecated: true }),
      };
    });
}

function named(name: string, type: Type): CompletionItem {
  const doc = "doc" in type && type.kind === "function" && !type.entry ? type.doc : undefined;
  const isDeprecated = type.kind === "function" && type.deprecated !== undefined;
  return {
    label: name,
    kind: kindOf(type, "variable"),
    detail: detailOf(type, false),
    ...(doc !== undefined && { doc: plainText(doc) }),
    ...(isDeprecated && { isDeprecated: true }),
  };
}
