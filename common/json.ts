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

/**
 * Parses JSON text into values whose objects have no prototype: a key named `__proto__` that comes from a model or a
 * procedure is then an ordinary key and can't reach `Object.prototype`. Throws SyntaxError on bad text.
 */
export function parseJsonSafely(text: string): Json {
  return JSON.parse(text, (_key, value: unknown) =>
    isJsonObject(value) ? Object.assign(Object.create(null), value) : value,
  );
}
