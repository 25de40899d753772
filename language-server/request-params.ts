/** The document that a request is about; undefined when it is about none. */
export function uriOf(params: unknown): string | undefined {
  const document = mapping(mapping(params)["textDocument"]);
  return typeof document["uri"] === "string" ? document["uri"] : undefined;
}

/** What is wrong with the parts that requests have in common, in words; undefined when nothing is. */
export function malformedPart(params: unknown): string | undefined {
  const { textDocument, position, positions, range } = mapping(params);
  if (textDocument !== undefined && uriOf(params) === undefined) return "textDocument has no uri.";
  if (position !== undefined && !isPosition(position)) return "position is no place in a text.";
  if (positions !== undefined && !(Array.isArray(positions) && positions.every(isPosition)))
    return "positions are no places in a text.";
  if (range !== undefined && !isRange(range)) return "range is no part of a text.";
  return undefined;
}

function isRange(value: unknown): boolean {
  const { start, end } = mapping(value);
  return isPosition(start) && isPosition(end);
}

function isPosition(value: unknown): boolean {
  const { line, character } = mapping(value);
  return isCount(line) && isCount(character);
}

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 0;
}

function mapping(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
