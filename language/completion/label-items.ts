import type { CompletionItem } from "#language/completion/completion-item.ts";
import type { CodePlace } from "#language/completion/completion-place.ts";
import { walk } from "#language/syntax/walk.ts";

/** The labels of the function around a place, for `goto`. */
export function labelItems({ file, model, path }: CodePlace): CompletionItem[] {
  const body = path.findLast(({ kind }) => kind === "FunctionBody");
  const labels: CompletionItem[] = [];
  const nodes = body ? [body] : file.models.map(({ top }) => top.node);
  for (const start of body || model.top.node.kind !== "EndOfFile" ? nodes : [])
    walk(start, (node) => {
      if (node.kind === "LabelStatement") labels.push({ label: node.label.text, kind: "value" });
    });
  return labels;
}
