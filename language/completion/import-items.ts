import type { CompletionItem } from "#language/completion/completion-item.ts";
import { type CodePlace, expectedHere } from "#language/completion/completion-place.ts";
import { projectModules } from "#language/completion/module-exports.ts";
import { requireEdit } from "#language/completion/require-edit.ts";
import { moduleNameFor } from "#language/project/modules.ts";
import { wordText } from "#language/semantics/entry-text.ts";
import { allWords } from "#language/semantics/inference/vocabulary-types.ts";
import { requiredModules } from "#language/semantics/required-modules.ts";
import { standardModules } from "#vocabulary/modules.ts";

/** Modules that the file does not require yet, and what they export; choosing one adds the `require` on top. */
export function importItems(place: CodePlace): CompletionItem[] {
  const required = new Set(requiredModules(place.file).map(({ name }) => name));
  const isFree = (name: string): boolean => /^[A-Za-z_]\w*$/.test(name) && !isVisible(place, name);
  const library = standardModules
    .filter(({ name }) => !required.has(name) && isFree(lastPart(name)))
    .map((module): CompletionItem => {
      const isTool = module.handle === "tool";
      const rank = isTool ? (wantsTool(place) ? 3 : 7) : 9;
      return {
        ...imported(place, module.name),
        kind: isTool ? "tool" : "module",
        doc: wordText(module),
        rank,
      };
    });
  return [...library, ...projectItems(place, required, isFree)];
}

function projectItems(
  place: CodePlace,
  required: ReadonlySet<string>,
  isFree: (name: string) => boolean,
): CompletionItem[] {
  const { file, project } = place;
  const items: CompletionItem[] = [];
  for (const [uri, { members, isTool }] of projectModules(project)) {
    const name = uri === file.uri ? undefined : moduleNameFor(file.uri, uri, "");
    if (name === undefined || required.has(name) || !isFree(lastPart(name))) continue;
    const module = imported(place, name);
    items.push({ ...module, kind: isTool ? "tool" : "module", rank: isTool && wantsTool(place) ? 3 : 8 });
    for (const member of members)
      items.push({ ...module, label: `${module.label}.${member}`, kind: "field", filter: member, rank: 9 });
  }
  return items;
}

function imported(
  { file }: CodePlace,
  name: string,
): Pick<CompletionItem, "label" | "description" | "edits"> {
  return { label: lastPart(name), description: name, edits: [requireEdit(file, lastPart(name), name)] };
}

function lastPart(name: string): string {
  return name.slice(Math.max(name.lastIndexOf("."), name.lastIndexOf("/")) + 1);
}

function isVisible({ file, model, relative }: CodePlace, name: string): boolean {
  const isLocal = model.scopes.bindings.some(
    ({ name: own, visible }) => own === name && visible.start <= relative && relative <= visible.end,
  );
  return (
    isLocal ||
    file.names.topLocals(name).length > 0 ||
    file.names.globalWrites(name).length > 0 ||
    allWords().has(name)
  );
}

function wantsTool(place: CodePlace): boolean {
  return expectedHere(place)?.entry?.refersTo?.startsWith("tool") === true;
}
