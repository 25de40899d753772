import type { CompletionItem, Completions } from "#language/completion/completion-item.ts";
import type { CompletionPlace } from "#language/completion/completion-place.ts";
import { referenceNames } from "#language/completion/reference-names.ts";
import { fieldEntryAround } from "#language/completion/value-items.ts";
import { namedReferences } from "#language/semantics/named-references.ts";
import { stringLiteral } from "#language/semantics/table-fields.ts";
import type { Node, StringExpression } from "#language/syntax/tree.ts";
import { standardModules } from "#vocabulary/modules.ts";

/** Suggestions inside a text: what it names, the module that it requires. Undefined outside of texts. */
export function textCompletions(place: CompletionPlace): Completions | undefined {
  const node = place.path.at(-1);
  if (node?.kind !== "StringExpression" || !isInside(node, place.relative)) return undefined;
  const replace = {
    start: place.model.offset + node.content.start,
    end: place.model.offset + node.content.end,
  };
  return { items: itemsInText(place, node, place.path.at(-2)), replace };
}

function isInside({ content }: StringExpression, offset: number): boolean {
  return content.start <= offset && offset <= content.end;
}

function itemsInText(
  place: CompletionPlace,
  node: StringExpression,
  parent: Node | undefined,
): CompletionItem[] {
  const isRequire =
    parent?.kind === "CallExpression" &&
    parent.callee.kind === "NameExpression" &&
    parent.callee.text === "require" &&
    stringLiteral(parent.arguments[0]) === node;
  if (isRequire) return moduleItems(place);
  const reference = namedReferences(place.model).find(({ span }) => span.start === node.content.start);
  if (reference) return referenceNames(reference.kind, place);
  const entry = fieldEntryAround(place);
  if (entry?.refersTo) return referenceNames(entry.refersTo, place);
  return (entry?.values ?? []).map((value) => ({ label: String(value), kind: "value" }));
}

/** Modules of the library and files beside this one. */
function moduleItems({ file, project }: CompletionPlace): CompletionItem[] {
  const library = standardModules.map(
    ({ name, doc }): CompletionItem => ({ label: name, kind: "module", doc, description: "library" }),
  );
  const folder = file.uri.slice(0, file.uri.lastIndexOf("/") + 1);
  const beside = [...project.procedureUris()]
    .filter((uri) => uri.startsWith(folder) && uri !== file.uri)
    .map((uri): CompletionItem => {
      const path = decodeURIComponent(uri.slice(folder.length)).replace(/(\/init)?\.tac$/, "");
      return { label: path.replaceAll("/", "."), kind: "module", rank: 2 };
    });
  return [...beside, ...library];
}
