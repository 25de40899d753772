/** Whether config allows a tool: by its very name, or by a pattern in which `*` stands for any characters. */
export function isAllowed(tool: string, allowed: readonly string[] | undefined): boolean {
  return allowed === undefined || allowed.some((pattern) => matches(tool, pattern.split("*")));
}

/** Each part is looked for behind the one before it, so that no pattern can take long. */
function matches(tool: string, [first = "", ...rest]: readonly string[]): boolean {
  const last = rest.pop();
  if (last === undefined) return tool === first;
  if (!tool.startsWith(first)) return false;
  let position = first.length;
  for (const part of rest) {
    const found = tool.indexOf(part, position);
    if (found < 0) return false;
    position = found + part.length;
  }
  return tool.length >= position + last.length && tool.endsWith(last);
}
