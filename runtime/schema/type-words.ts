import type { FieldSchema } from "../ports.ts";

const types = new Map<string, FieldSchema["type"]>([
  ["string", "string"],
  ["str", "string"],
  ["text", "string"],
  ["int", "integer"],
  ["integer", "integer"],
  ["float", "number"],
  ["number", "number"],
  ["bool", "boolean"],
  ["boolean", "boolean"],
  ["list", "array"],
  ["array", "array"],
  ["dict", "object"],
  ["object", "object"],
]);

/** The type that a word means, as models and signatures write it (`score: float`), older words included. */
export function typeOfWord(word: string): FieldSchema["type"] | undefined {
  return types.get(word.toLowerCase());
}
