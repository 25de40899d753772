import { isJsonObject, type Json, type JsonObject, ownMember } from "#common/json.ts";
import { fail, ok, type Result } from "#common/result.ts";

const part = /^(?:\.([A-Za-z_]\w*)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|\['([^'\\]*)'\])/;

/**
 * Looks up a path such as `state.items[2].name` in recorded values. In the past no code runs, so that is all that can be
 * evaluated there.
 */
export function lookUp(expression: string, roots: JsonObject): Result<Json, string> {
  const [name = ""] = /^[A-Za-z_]\w*/.exec(expression.trim()) ?? [];
  let value = ownMember(roots, name);
  if (value === undefined) return fail(notRecorded(Object.keys(roots)));
  let rest = expression.trim().slice(name.length);
  while (rest !== "") {
    const found = part.exec(rest);
    if (!found) return fail(notRecorded(Object.keys(roots)));
    value = child(value ?? null, found);
    rest = rest.slice(found[0].length);
  }
  return ok(value ?? null);
}

function child(value: Json, [, name, index, quoted, single]: RegExpExecArray): Json | undefined {
  if (index !== undefined) return Array.isArray(value) ? (value as Json[])[Number(index) - 1] : undefined;
  const key = quoted === undefined ? (name ?? single ?? "") : textOf(quoted);
  return isJsonObject(value) ? ownMember(value, key) : undefined;
}

function textOf(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    // Lua knows escapes that JSON does not; then it is meant as it stands.
    return quoted.slice(1, -1);
  }
}

function notRecorded(names: readonly string[]): string {
  return `At a moment of the past no code runs: only paths into ${names.join(", ")} can be looked at, such as ${names[0]}.name. Restart from here to evaluate code.`;
}
