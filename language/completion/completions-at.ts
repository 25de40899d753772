import type { CompletionItem, Completions } from "#language/completion/completion-item.ts";
import { type CompletionPlace, wordAround } from "#language/completion/completion-place.ts";
import { fieldItems } from "#language/completion/field-items.ts";
import { memberItems } from "#language/completion/member-items.ts";
import { nameItems } from "#language/completion/name-items.ts";
import { textCompletions } from "#language/completion/text-completions.ts";
import { valueItems } from "#language/completion/value-items.ts";
import type { ProjectView } from "#language/project/project-view.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import { isTrivia, TokenKind, tokenEnd, tokenIndexAt } from "#language/syntax/tokens.ts";
import type { Node } from "#language/syntax/tree.ts";
import { nodePathAt } from "#language/syntax/walk.ts";

/** What can be written at an offset. Nothing inside comments and numbers. */
export function completionsAt(
  file: ProcedureFile,
  offset: number,
  project: ProjectView,
): Completions | undefined {
  const { tokens } = file.tree;
  const index = tokenBefore(file, offset);
  const kind = tokens.kinds[index] ?? TokenKind.endOfFile;
  const end = tokenEnd(tokens, index);
  const isInComment =
    (kind === TokenKind.lineComment && offset <= end) || (kind === TokenKind.blockComment && offset < end);
  if (isInComment || (kind === TokenKind.number && offset <= end)) return undefined;
  const { index: statement, base, path } = nodePathAt(file.tree, offset);
  const model = file.models[statement];
  if (!model) return undefined;
  const place: CompletionPlace = { file, project, model, path, offset, relative: offset - base };
  const text = textCompletions(place);
  if (text) return text;
  const replace = wordAround(file.text, offset);
  return { items: itemsAt(place), replace };
}

function itemsAt(place: CompletionPlace): readonly CompletionItem[] {
  const node = place.path.at(-1);
  const parent = place.path.at(-2);
  if (node?.kind === "NameNode" && parent?.kind === "MemberExpression")
    return memberItems(place, parent.object, parent.separator);
  if (node?.kind === "NameNode" && parent?.kind === "MethodCall")
    return memberItems(place, parent.object, parent.separator);
  if (node?.kind === "MemberExpression" && place.relative >= node.separator.end)
    return memberItems(place, node.object, node.separator);
  if (isNewName(node, parent)) return [];
  const fields = fieldItems(place);
  const values = valueItems(place);
  if (values && isInValue(place)) return [...values, ...nameItems(place)];
  return fields ? [...fields, ...nameItems(place)] : nameItems(place);
}

/** The name of a local, a parameter, a loop variable or a label is the author's to choose. */
function isNewName(node: Node | undefined, parent: Node | undefined): boolean {
  if (node?.kind !== "NameNode") return false;
  return parent !== undefined && parent.kind !== "NamedField" && parent.kind !== "GotoStatement";
}

/** Behind the `=` of a field. */
function isInValue({ path, relative }: CompletionPlace): boolean {
  const field = path.findLast((node) => node.kind === "NamedField");
  return field?.kind === "NamedField" && relative > field.name.end;
}

function tokenBefore(file: ProcedureFile, offset: number): number {
  const { tokens } = file.tree;
  const index = tokenIndexAt(tokens, offset);
  if (index > 0 && tokens.starts[index] === offset && isTrivia(tokens.kinds[index - 1] ?? 0))
    return index - 1;
  return index > 0 && tokens.starts[index] === offset ? index - 1 : index;
}
