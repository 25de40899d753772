// biome-ignore-all lint/suspicious/noTemplateCurlyInString: snippets have placeholders of the same form.
import type { CompletionItem } from "#language/completion/completion-item.ts";
import type { CodePlace } from "#language/completion/completion-place.ts";
import { valueBefore } from "#language/completion/member-items.ts";

/** What a value can be wrapped in by a word behind it: `answer.print` becomes `print(answer)`. `@` is the value. */
const wrappings: readonly (readonly [label: string, text: string])[] = [
  ["checkpoint", "Step.checkpoint(function() return @ end)"],
  ["if", "if @ then\n\t$0\nend"],
  ["ifnot", "if not @ then\n\t$0\nend"],
  ["ipairs", "for ${1:index}, ${2:item} in ipairs(@) do\n\t$0\nend"],
  ["local", "local ${1:value} = @"],
  ["pairs", "for ${1:key}, ${2:value} in pairs(@) do\n\t$0\nend"],
  ["pcall", "pcall(@$0)"],
  ["print", "print(@)"],
  ["return", "return @"],
  ["tostring", "tostring(@)"],
];

/** Words behind a dot that wrap the value in front of it, where it is a whole statement so far. */
export function postfixItems(place: CodePlace): CompletionItem[] {
  const before = valueBefore(place);
  if (!before || before.isMethod || !isWholeStatement(place, before.model.offset + before.object.start))
    return [];
  const start = before.model.offset + before.object.start;
  const value = place.file.text.slice(start, before.model.offset + before.object.end);
  const escaped = value.replaceAll(/[\\$}]/g, "\\$&");
  return wrappings.map(([label, text]) => ({
    label,
    kind: "snippet",
    detail: ` ${text
      .replaceAll(/\$\{\d+:(\w+)\}|\$\d/g, "$1")
      .replace("@", "…")
      .replaceAll(/\s+/g, " ")}`,
    insert: text.replace("@", () => escaped),
    isSnippet: true,
    rank: 8,
    edits: [{ start, end: place.slot.word.start, text: "" }],
  }));
}

/** Nothing else may stand in front of the value on its line. */
function isWholeStatement({ file }: CodePlace, start: number): boolean {
  return file.text.slice(file.text.lastIndexOf("\n", start - 1) + 1, start).trim() === "";
}
