import { describe, expect, test } from "vitest";
import { quickestOf } from "./quickest-of.ts";
import { findSecrets, isSecretName } from "./secrets.ts";

// No key stands in this file: the parts that would make one are joined when a test runs.

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const alphanumeric = `${letters}0123456789`;
const upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

let seed = 42;
function random(length: number, from = alphanumeric): string {
  return Array.from({ length }, () => {
    seed = (seed * 48271) % 2147483647;
    return from[seed % from.length];
  }).join("");
}

const joined = (...parts: string[]): string => parts.join("");

describe("keys that their issuers mark", () => {
  test.for([
    ["an Anthropic API key", joined("sk-", "ant-", "api03-", random(90))],
    ["an OpenRouter API key", joined("sk-", "or-v1-", random(64, "0123456789abcdef"))],
    ["an OpenAI API key", joined("sk", "-", random(48))],
    ["an OpenAI API key", joined("sk-", "proj-", random(100))],
    ["a Stripe key", joined("sk", "_live_", random(24))],
    ["an AWS access key", joined("AK", "IA", random(13, upper), "2A7")],
    ["a Google API key", joined("AI", "za", random(35))],
    ["a Google client secret", joined("GOC", "SPX-", random(28))],
    ["a GitHub token", joined("gh", "p_", random(36))],
    ["a GitHub token", joined("github", "_pat_", random(22), "_", random(59))],
    ["a GitLab token", joined("gl", "pat-", random(20))],
    ["a Slack token", joined("xo", "xb-", random(11, "0123456789"), "-", random(24))],
    ["a Hugging Face token", joined("h", "f_", random(34, letters))],
    ["a Groq API key", joined("gs", "k_", random(52))],
    ["an npm token", joined("np", "m_", random(36))],
    ["a SendGrid key", joined("S", "G.", random(22), ".", random(43))],
    ["a JSON web token", joined("ey", "J", random(30), ".", "ey", "J", random(60), ".", random(43))],
    ["a private key", joined("-----BEGIN ", "RSA ", "PRIVATE KEY-----")],
    ["a private key", joined("-----BEGIN ", "PRIVATE KEY-----")],
  ])("%s", ([kind = "", key = ""]) => {
    for (const text of [key, `Use ${key} please`, `key=${key}`, `"${key}"`]) {
      const [secret, ...more] = findSecrets(text);
      expect(more).toEqual([]);
      expect(secret).toEqual({ kind, start: text.indexOf(key), end: text.indexOf(key) + key.length });
    }
  });

  test("only the secret part is marked", () => {
    const token = random(40);
    const header = `Authorization: Bearer ${token}`;
    expect(findSecrets(header)).toEqual([{ kind: "a bearer token", start: 22, end: 62 }]);
    const password = random(16);
    const address = `postgres://admin:${password}@db.internal/x`;
    expect(findSecrets(address)).toEqual([{ kind: "a password in an address", start: 17, end: 33 }]);
  });

  test("each of several", () => {
    const text = `${joined("gh", "p_", random(36))} and ${joined("sk-", "ant-", random(40))}`;
    expect(findSecrets(text).map(({ kind }) => kind)).toEqual(["a GitHub token", "an Anthropic API key"]);
  });
});

describe("random texts count where the name says so", () => {
  const value = random(32);
  const hexadecimal = `a1${random(38, "0123456789abcdef")}`;
  test.for([
    "api_key",
    "apiKey",
    "OPENAI_API_KEY",
    "password",
    "db-password",
    "client_secret",
    "access_token",
    "token",
  ])("%s", (name) => {
    for (const text of [value, hexadecimal, `${value}==`])
      expect(findSecrets(text, name)).toEqual([{ start: 0, end: text.length, kind: "a key or a password" }]);
  });

  test.for([
    "model",
    "commit",
    "max_tokens",
    "token_budget",
    "stop_token",
    "key",
    "api_key_name",
    "password_field",
    "id",
  ])("not for %s", (name) => {
    expect(isSecretName(name)).toBe(false);
    expect(findSecrets(value, name)).toEqual([]);
  });

  test.for([
    "",
    "secret",
    "changeme",
    "your-api-key",
    "YOUR_API_KEY_HERE",
    "OPENAI_API_KEY",
    joined("$", "{OPENAI_API_KEY}"),
    "$API_KEY",
    "env:OPENAI_API_KEY",
    "xxxxxxxxxxxxxxxx",
    "sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    "...",
    "abcdef1234567890",
    "version10",
    "my-secret-name-2",
    "gpt-4o-mini-2024-07-18",
    "claude-sonnet-4-5-20250929",
    "550e8400-e29b-41d4-a716-446655440000",
    "https://example.com/login",
    "/run/secrets/key1",
    "a password with blanks 123",
    "пароль12345",
  ])("not %j", (text) => {
    expect(findSecrets(text, "api_key")).toEqual([]);
  });
});

test.for([
  "sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
  "sk-your-key-here",
  "sk-ant-...",
  "sk-ant-your-own-key-goes-here-please",
  "sk-proj-<paste the key of your project>",
  joined("AK", "IAIOSFODNN7EXAMPLE"),
  joined("Bearer $", "{token}"),
  "Bearer authentication-is-required-here",
  "the token starts with ghp_ and the key with AKIA",
  "task-0123456789abcdef0123456789abcdef0123",
  "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  "550e8400-e29b-41d4-a716-446655440000",
  "openai/gpt-4o-mini",
  "bedrock/us.anthropic.claude-3-5-haiku-20241022-v1:0",
  "-----BEGIN CERTIFICATE-----",
  "https://user@example.com/path",
  "postgres://user:password@localhost/db",
  "eyJ is how a token begins",
])("no secret: %s", (text) => {
  expect(findSecrets(text)).toEqual([]);
});

test("a megabyte takes a moment, also one made to be slow", () => {
  const heads = ["sk-", "sk-ant-", "eyJ", "eyJ.", "xoxb-", "Bearer ", "://a:", "SG.", "-----BEGIN "];
  const texts = [
    "Write a friendly answer, then call done.\n".repeat(25_000),
    random(1_000_000),
    ...heads.map((head) => head.repeat(1_000_000 / head.length)),
    ...heads.map((head) => `${head}${"aB3".repeat(30)} `.repeat(1_000_000 / (head.length + 91))),
  ];
  for (const text of texts) {
    expect(
      quickestOf(() => findSecrets(text, "password")),
      text.slice(0, 40),
    ).toBeLessThan(400);
  }
});

test("any text is read without a throw", () => {
  const pieces = [
    "sk-",
    "ant-",
    "gh",
    "p_",
    "AKIA",
    "eyJ",
    ".",
    "Bearer ",
    "-----BEGIN ",
    "KEY-----",
    "é",
    ":",
    "/",
    "@",
  ];
  for (let round = 0; round < 2000; round++) {
    const text = Array.from({ length: 10 }, () => {
      seed = (seed * 48271) % 2147483647;
      return pieces[seed % (pieces.length + 4)] ?? random(seed % 50);
    }).join("");
    for (const { start, end } of findSecrets(text, "token")) expect(start).toBeLessThan(end);
  }
});
