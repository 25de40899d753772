import type { FieldDescription } from "./field-description.ts";

/**
 * Fields in the order of the source. A Lua table has none, so the text is asked: the first `name =` after the line
 * of the procedure. Names that the text does not show come last.
 */
export function inDeclaredOrder(
  fields: readonly FieldDescription[],
  source: string,
  line: number,
): readonly FieldDescription[] {
  const declaration = source
    .split("\n")
    .slice(line - 1)
    .join("\n");
  const places = new Map(fields.map(({ name }) => [name, placeOf(name, declaration)]));
  const place = ({ name }: FieldDescription): number => places.get(name) ?? Number.POSITIVE_INFINITY;
  return [...fields].sort((one, other) => place(one) - place(other) || one.name.localeCompare(other.name));
}

function placeOf(name: string, text: string): number {
  const escaped = name.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const found = text.search(new RegExp(`(?:\\b${escaped}|\\["${escaped}"\\])\\s*=[^=]`));
  return found < 0 ? Number.MAX_SAFE_INTEGER : found;
}
