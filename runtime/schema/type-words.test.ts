import { expect, test } from "vitest";
import { typeOfWord } from "./type-words.ts";

test.for([
  ["Float", "number"],
  ["dict", "object"],
  ["list", "array"],
  ["text", "string"],
  ["tuple", undefined],
  ["constructor", undefined],
])("%s means %s", ([word, type]) => {
  expect(typeOfWord(word ?? "")).toBe(type);
});
