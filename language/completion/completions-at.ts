import { annotationCompletions } from "#language/completion/annotation-completions.ts";
import {
  type CompletionItem,
  type Completions,
  withoutDoubles,
} from "#language/completion/completion-item.ts";
import type { CodePlace, CompletionPlace } from "#language/completion/completion-place.ts";
import { type CursorSlot, cursorSlot } from "#language/completion/cursor-slot.ts";
import { fieldItems } from "#language/completion/field-items.ts";
import { importItems } from "#language/completion/import-items.ts";
import { keywordItems } from "#language/completion/keyword-items.ts";
import { labelItems } from "#language/completion/label-items.ts";
import { memberItems } from "#language/completion/member-items.ts";
import { nameItems } from "#language/completion/name-items.ts";
import { postfixItems } from "#language/completion/postfix-items.ts";
import { snippetItems } from "#language/completion/snippet-items.ts";
import { textCompletions } from "#language/completion/text-completions.ts";
import { valueItems } from "#language/completion/value-items.ts";
import type { Project } from "#language/project/project.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import { TokenKind, tokenEnd, tokenIndexAt } from "#language/syntax/tokens.ts";
import { nodePathAt } from "#language/syntax/walk.ts";

/** What can be written at an offset; undefined where nothing can: in comments, numbers and names of one's own. */
export function completionsAt(
  file: ProcedureFile,
  offset: number,
  project: Project,
): Completions | undefined {
  const inside = tokenAround(file, offset);
  if (inside === "comment") return annotationCompletions(file, offset);
  if (inside === "number") return undefined;
  const { index, base, path } = nodePathAt(file.tree, offset);
  const model = file.models[index];
  if (!model) return undefined;
  const place: CompletionPlace = { file, project, model, path, offset, relative: offset - base };
  if (inside === "text") return textCompletions(place);
  const slot = cursorSlot(file.tree.tokens, offset);
  const items = withoutDoubles(itemsAt({ ...placeOfSlot(place, slot), slot }));
  return items.length > 0
    ? { items, replace: slot.word, within: slot.kind === "member" ? "member" : "code" }
    : undefined;
}

/** What goes on with an unfinished construct belongs to its statement, where the names that it declares are not seen yet. */
function placeOfSlot(place: CompletionPlace, slot: CursorSlot): CompletionPlace {
  const { file } = place;
  const isStatement = slot.kind === "statement";
  if (isStatement && (slot.opener === "file" || slot.previous.start >= place.model.offset)) return place;
  const { index, base, path } = nodePathAt(
    file.tree,
    isStatement ? slot.previous.end : slot.previous.start + 1,
  );
  const model = file.models[index];
  const seen = isStatement ? slot.previous.end : slot.previous.start;
  return model ? { ...place, model, path, relative: seen - base } : place;
}

function itemsAt(place: CodePlace): readonly CompletionItem[] {
  switch (place.slot.kind) {
    case "member":
      return [...memberItems(place), ...postfixItems(place)];
    case "newName":
      return [];
    case "label":
      return labelItems(place);
    case "attribute":
      return ["const", "close"].map((label) => ({ label, kind: "keyword" }));
    case "operator":
      return keywordItems(place);
    case "tableField": {
      const fields = fieldItems(place);
      return fields.isClosed ? fields.items : [...fields.items, ...expressionItems(place)];
    }
    case "expression":
      return expressionItems(place);
    case "statement":
      return [...nameItems(place), ...keywordItems(place), ...snippetItems(place), ...importItems(place)];
  }
}

function expressionItems(place: CodePlace): CompletionItem[] {
  return [...valueItems(place), ...nameItems(place), ...keywordItems(place), ...importItems(place)];
}

/** What kind of token an offset is in, or at the end of where more of it could be written. */
function tokenAround(
  { tree: { tokens } }: ProcedureFile,
  offset: number,
): "comment" | "number" | "text" | undefined {
  let index = tokenIndexAt(tokens, offset);
  if (index > 0 && tokens.starts[index] === offset) index--;
  const kind = tokens.kinds[index] ?? TokenKind.endOfFile;
  const start = tokens.starts[index] ?? 0;
  const end = tokenEnd(tokens, index);
  if (offset <= start) return undefined;
  switch (kind) {
    case TokenKind.lineComment:
    case TokenKind.shebang:
      return "comment";
    case TokenKind.blockComment:
      return offset < end ? "comment" : undefined;
    case TokenKind.number:
      return "number";
    case TokenKind.shortString:
    case TokenKind.longString:
      return offset < end || isOpen(tokens.text, start, end, kind) ? "text" : undefined;
    default:
      return undefined;
  }
}

/** A string without its end goes on behind its last character. */
function isOpen(text: string, start: number, end: number, kind: number): boolean {
  if (kind === TokenKind.longString) return !/\]=*\]$/.test(text.slice(start + 2, end));
  return (
    end - start < 2 || text[end - 1] !== text[start] || /(?<!\\)(?:\\\\)*\\$/.test(text.slice(start, end - 1))
  );
}
