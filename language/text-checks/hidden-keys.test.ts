import { expect, test } from "vitest";
import { withoutKeys } from "./hidden-keys.ts";

// No key stands in this file: the parts that would make one are joined when a test runs.

const marked = ["gh", "p_", "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"].join("");
const line = "MIIEpAIBAAKCAQEAx7Zk3Qm9T2vWb4Yc8Rj5LdNs6Fh1Ge0UoPiXtKyHw";

test.for<[string, string]>([
  [`token_of_nothing: x ${marked} y`, "token_of_nothing: x (hidden) y"],
  [`"${marked}" must be one of`, '"(hidden)" must be one of'],
  ["  api_key: some words of mine", "  api_key: (hidden)"],
  ["  api_key: 'ends in the next", "  api_key: (hidden)"],
  ['{"password":"hunter2hunter2","port":1}', '{"password":(hidden),"port":1}'],
  ['local db_password = "hunter2hunter2"', "local db_password = (hidden)"],
  ["    Authorization: Basic dXNlcjpwYXNz", "    Authorization: (hidden)"],
  [
    `-----BEGIN ${"PRIVATE KEY-----"}\n  ${line}\n  q83vEg==\n  -----END X`,
    "(hidden)\n  (hidden)\n  (hidden)\n  -----END X",
  ],
])("of %j remains %j", ([text, shown]) => {
  expect(withoutKeys(text)).toBe(shown);
});

test.for([
  "model: gpt-4o",
  `api_key: \${OPENAI_API_KEY}`,
  "api_key_env: OPENAI_API_KEY",
  "max_tokens: 100000000",
  "password: short",
  "local password = input.password_of_the_user",
  "token: [a, b]",
  "A line that says password and goes on for a long time.",
  "a".repeat(60),
])("%s stays", (text) => {
  expect(withoutKeys(text)).toBe(text);
});

test.for(["a", "a:", "password: ", '"', "-----BEGIN ", " ", "A1b2"])(
  "a text of nothing but %j is read in one pass",
  (part) => {
    withoutKeys(part.repeat((1024 * 1024) / part.length));
  },
);
