import { expect, test } from "vitest";
import { secretsFromConfig } from "./config-secrets.ts";
import { firstOf, readKnownSecrets, secretsFrom } from "./secret-source.ts";

test("the first source that knows a name answers; empty text is no secret", async () => {
  const source = firstOf([secretsFrom({ A: "", B: "first" }), secretsFrom({ A: "second", B: "second" })]);
  expect(await source.get("A")).toBe("second");
  expect(await source.get("B")).toBe("first");
  expect(await source.get("C")).toBeUndefined();
  expect(await source.get("toString")).toBeUndefined();
});

test("a config gives its keys under the names of their variables, and nothing else", async () => {
  const source = secretsFromConfig({
    openai_api_key: "one",
    anthropic: { api_key: "two" },
    aws: { access_key_id: "three", secret_access_key: "four", default_region: "eu-west-1" },
    google: { api_key: 7 },
    path: "/bin",
  });
  const names = [
    "OPENAI_API_KEY",
    "ANTHROPIC_API_KEY",
    "AWS_ACCESS_KEY_ID",
    "AWS_DEFAULT_REGION",
    "GOOGLE_API_KEY",
    "PATH",
  ];
  expect(await Promise.all(names.map((name) => source.get(name)))).toEqual([
    "one",
    "two",
    "three",
    "eu-west-1",
    undefined,
    undefined,
  ]);
  expect(await readKnownSecrets(source)).toEqual(["one", "two", "four"]);
});
