import { expect, test } from "vitest";
import { firstOf, readKnownSecrets, secretsFrom } from "./secret-source.ts";

test("the first source that knows a name answers; empty text is no secret", async () => {
  const source = firstOf([secretsFrom({ A: "", B: "first" }), secretsFrom({ A: "second", B: "second" })]);
  expect(await source.get("A")).toBe("second");
  expect(await source.get("B")).toBe("first");
  expect(await source.get("C")).toBeUndefined();
  expect(await source.get("toString")).toBeUndefined();
});

test("of all secrets those that a source has are read", async () => {
  const source = secretsFrom({ OPENAI_API_KEY: "one", AWS_SESSION_TOKEN: "two", PATH: "/bin" });
  expect(await readKnownSecrets(source)).toEqual(["one", "two"]);
});
