/** Whether one of the patterns means a name: it is the very name, or `*` in it stands for any characters. */
export function matchesAny(name: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => matches(name, pattern.split("*")));
}

/** Each part is looked for behind the one before it, so that no pattern can take long. */
function matches(name: string, [first = "", ...rest]: readonly string[]): boolean {
  const last = rest.pop();
  if (last === undefined) return name === first;
  if (!name.startsWith(first)) return false;
  let position = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, position);
    if (found < 0) return false;
    position = found + part.length;
  }
  return name.length >= position + last.length && name.endsWith(last);
}
