/** Any value that JSON can carry. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** True for plain objects, false for arrays, null and scalars. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A member of an object that may have come from anywhere: what the object inherits is none. */
export function ownMember(object: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** Whether two values are the same as JSON: the order of keys and where an object came from do not count. */
export function isSameJson(one: Json | undefined, other: Json | undefined): boolean {
  if (isJsonObject(one) && isJsonObject(other)) {
    const keys = Object.keys(one);
    return (
      keys.length === Object.keys(other).length &&
      keys.every((key) => Object.hasOwn(other, key) && isSameJson(one[key], other[key]))
    );
  }
  if (!Array.isArray(one) || !Array.isArray(other)) return one === other;
  return one.length === other.length && one.every((item, index) => isSameJson(item, other[index]));
}

/** What a person typed as a value: JSON where it is some, else the text as it stands. */
export function jsonOrText(text: string): Json {
  try {
    return parseJsonSafely(text);
  } catch {
    // Not JSON: then it is meant as it stands.
    return text;
  }
}

/**
 * Parses JSON text into values whose objects have no prototype: a key named `__proto__` that comes from a model or a
 * procedure is then an ordinary key and can't reach `Object.prototype`. Throws SyntaxError on bad text.
 */
export function parseJsonSafely(text: string): Json {
  return JSON.parse(text, (_key, value: unknown) =>
    isJsonObject(value) ? Object.assign(Object.create(null), value) : value,
  );
}
