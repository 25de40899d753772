import type { BarePlace, CursorPlace } from "#language/sidecar/bare-place.ts";
import { blockPlace } from "#language/sidecar/block-place.ts";
import type { ConfigKind } from "#language/sidecar/config-kind.ts";
import { type ConfigNode, childNodes } from "#language/sidecar/config-node.ts";
import type { ConfigPath } from "#language/sidecar/config-path.ts";
import { flowPlace } from "#language/sidecar/flow-place.ts";
import { lineStartAt } from "#language/sidecar/line-start.ts";
import type { YamlDocument } from "#language/sidecar/yaml-document.ts";
import type { Span } from "#language/syntax/tree.ts";

/** The place of the cursor; undefined in comments and in texts of several lines. */
export function cursorPlace(
  document: YamlDocument,
  offset: number,
  kind: ConfigKind,
): CursorPlace | undefined {
  const { text } = document;
  if (lineLength(text, offset) > longestLine) return undefined;
  const outer = outermostFlow(document.root, [], offset, text);
  const place = outer
    ? flowPlace(text, outer, offset)
    : (flowOnLine(text, offset, kind) ?? blockPlace(text, offset, kind));
  if (!place || offset < place.replace.start || offset > place.replace.end) return undefined;
  const onLine = { ...place, replace: withinLine(text, place.replace, offset) };
  return { ...onLine, taken: takenKeys(document, onLine) };
}

/** Nobody types in longer ones, and reading them at each keystroke takes long. */
const longestLine = 5000;

function lineLength(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  return (end < 0 ? text.length : end) - lineStartAt(text, offset);
}

/** Editors break lines at a lone carriage return as well. */
function withinLine(text: string, { start, end }: Span, offset: number): Span {
  const before = /[^\r\n]*$/.exec(text.slice(start, offset))?.[0].length ?? 0;
  const behind = /^[^\r\n]*/.exec(text.slice(offset, end))?.[0].length ?? 0;
  return { start: offset - before, end: offset + behind };
}

/** Brackets on the line of the cursor that no tree knows of, since their line is broken. */
function flowOnLine(text: string, offset: number, kind: ConfigKind): BarePlace | undefined {
  const lineStart = lineStartAt(text, offset);
  const opening = /^[^#"']*?[:\-,]\s+[{[]/.exec(text.slice(lineStart, offset));
  if (!opening) return undefined;
  const start = lineStart + opening[0].length - 1;
  const before = blockPlace(text, start, kind);
  return before && flowPlace(text, { start, path: before.path }, offset);
}

function takenKeys(document: YamlDocument, { role, path, replace }: BarePlace): ReadonlySet<string> {
  const node = role === "key" ? document.nodeAt(path) : undefined;
  if (node?.kind !== "mapping") return new Set();
  const others = node.entries.filter(({ key }) => key.end < replace.start || key.start > replace.end);
  return new Set(others.map(({ name }) => name));
}

/** The outermost braces or brackets around an offset, those included that are not closed yet. */
function outermostFlow(
  node: ConfigNode | undefined,
  path: ConfigPath,
  offset: number,
  text: string,
): { readonly start: number; readonly path: ConfigPath } | undefined {
  if (!node || offset <= node.start) return undefined;
  const isFlow = (node.kind === "mapping" || node.kind === "list") && node.isFlow;
  if (isFlow) {
    const isClosed = /[}\]]/.test(text[node.end - 1] ?? "");
    const isInside = offset < node.end || (!isClosed && text.slice(node.end, offset).trim() === "");
    return isInside ? { start: node.start, path } : undefined;
  }
  for (const child of childNodes(node)) {
    const found = outermostFlow(child.node, [...path, child.step], offset, text);
    if (found) return found;
  }
  return undefined;
}
