const token = /"(?:\\.|[^"\\])*"|[[\]{},:]|[^\s[\]{},:"]+/g;

/** JSON text with a line for each entry. The numbers stay as they are written, so that `2.0` stays a float. */
export function indentedJson(text: string, indent: number): string {
  const tokens = text.match(token) ?? [];
  const lineBreak = (depth: number): string => `\n${" ".repeat(indent * depth)}`;
  let result = "";
  let depth = 0;
  for (const [index, part] of tokens.entries()) {
    const next = tokens[index + 1];
    const opens = part === "{" || part === "[";
    const closes = part === "}" || part === "]";
    const isEmpty = opens && (next === "}" || next === "]");
    const followsOpening = closes && (tokens[index - 1] === "{" || tokens[index - 1] === "[");
    if (closes) depth--;
    if (closes && !followsOpening) result += lineBreak(depth);
    if (opens) depth++;
    result += part === ":" ? ": " : part;
    if ((opens && !isEmpty) || part === ",") result += lineBreak(depth);
  }
  return result;
}
