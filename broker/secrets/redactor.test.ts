import { describe, expect, test } from "vitest";
import { RedactedStream } from "./redacted-stream.ts";
import { Redactor } from "./redactor.ts";

const secret = 'pa/ss+"wörd"\\2026&x=1';
const other = "another-secret-0042";

const encode = (text: string, encoding: BufferEncoding) => Buffer.from(text).toString(encoding);

const forms: [string, string][] = [
  ["raw", secret],
  ["in JSON", JSON.stringify({ key: secret })],
  ["URL-encoded", encodeURIComponent(secret)],
  ["URL-encoded in lower case", encodeURIComponent(secret).toLowerCase()],
  ...["", "a", "ab", "abc"].flatMap((before): [string, string][] => [
    [`in base64 after ${before.length} characters`, encode(before + secret, "base64")],
    [`in base64url after ${before.length} characters`, encode(`${before}${secret}tail`, "base64url")],
  ]),
];

/** Decodes every run of base64 in a text, to see whether the secret is still in there. */
function decoded(text: string): string {
  const runs = text.match(/[A-Za-z0-9+/_-]{8,}/g) ?? [];
  return runs.map((run) => Buffer.from(run, "base64").toString("latin1")).join("\n");
}

test.for(forms)("a secret %s is removed", ([, form]) => {
  const redacted = new Redactor([secret]).text(`start ${form} end`);
  expect(redacted).toContain("[redacted]");
  expect(redacted).toMatch(/^start .* end$/s);
  expect(redacted).not.toContain(secret);
  expect(redacted).not.toContain(form);
  expect(decoded(redacted)).not.toContain(encode(secret, "latin1").slice(4, -4));
});

describe("values", () => {
  test("are redacted in texts and keys at any depth", () => {
    const redacted = new Redactor([other]).value({ a: [1, { [other]: `x${other}` }], b: null, c: true });
    expect(redacted).toEqual({ a: [1, { "[redacted]": "x[redacted]" }], b: null, c: true });
  });

  test("without a secret are given back as they are", () => {
    const value = { a: [1, { b: "nothing to hide here" }] };
    expect(new Redactor([other]).value(value)).toBe(value);
    expect(new Redactor().value(value)).toBe(value);
  });

  test("keep a key that is called __proto__ as a key", () => {
    const value = JSON.parse(`{"__proto__":{"x":"${other}"}}`);
    const redacted = new Redactor([other]).value(value);
    expect(JSON.stringify(redacted)).toBe('{"__proto__":{"x":"[redacted]"}}');
  });
});

test("short values and ordinary text are left alone", () => {
  const redactor = new Redactor(["test", ""]);
  expect(redactor.text("this is a test of sk-8 and AKIA")).toBe("this is a test of sk-8 and AKIA");
});

const keys = [
  "sk-proj-abcdefghijklmnopqrstuvwxyz",
  "sk-ant-api03-abcdefghijklmnopqrstuvwxyz",
  "AKIAIOSFODNN7EXAMPLE",
  `ghp_${"a1".repeat(18)}`,
  `AIza${"b".repeat(35)}`,
];

test.for(keys)("what looks like a key is removed: %s", (shape) => {
  expect(new Redactor().text(`key=${shape};`)).toBe("key=[redacted];");
});

describe("a stream", () => {
  function pushed(redactor: Redactor, pieces: readonly string[]): string[] {
    const stream = new RedactedStream(redactor);
    return [...pieces.map((piece) => stream.push(piece)), stream.end()];
  }

  test.for(forms)("hides a secret %s, wherever it is cut", ([, form]) => {
    const redactor = new Redactor([secret]);
    const text = `start ${form} end`;
    const whole = redactor.text(text);
    for (let cut = 0; cut <= text.length; cut++) {
      expect(pushed(redactor, [text.slice(0, cut), text.slice(cut)]).join("")).toBe(whole);
    }
    expect(pushed(redactor, [...text]).join("")).toBe(whole);
  });

  test.for(keys)("hides what looks like a key, wherever it is cut: %s", (shape) => {
    const redactor = new Redactor();
    const text = `key=${shape}; s k sk sk-8 end`;
    const whole = "key=[redacted]; s k sk sk-8 end";
    for (let cut = 0; cut <= text.length; cut++)
      expect(pushed(redactor, [text.slice(0, cut), text.slice(cut)]).join("")).toBe(whole);
    expect(pushed(redactor, [...text]).join("")).toBe(whole);
    expect(pushed(redactor, [...shape]).join("")).toBe("[redacted]");
  });

  test("holds back no endless text that begins like a key", () => {
    const stream = new RedactedStream(new Redactor());
    const shown = Array.from({ length: 1000 }, () => stream.push("sk-0123456789")).join("");
    expect(shown).toContain("[redacted]");
    expect(stream.end().length).toBeLessThan(400);
  });

  test("shows what can't be a secret at once", () => {
    expect(pushed(new Redactor([other]), ["plain ", "text"])).toEqual(["plain ", "text", ""]);
  });

  test("shows a beginning that did not become a secret", () => {
    expect(pushed(new Redactor([other]), ["this is anoth", "er matter"]).join("")).toBe(
      "this is another matter",
    );
  });

  test("hides the longer of two secrets that begin alike", () => {
    const redactor = new Redactor([other, `${other}-and-more`]);
    expect(pushed(redactor, [`x ${other}`, "-and-more y"]).join("")).toBe("x [redacted] y");
    expect(pushed(redactor, [`x ${other}`, "-and y"]).join("")).toBe("x [redacted]-and y");
  });

  test("hides a key that begins like any key", () => {
    const key = `sk-proj-${"0123456789".repeat(12)}`;
    expect(pushed(new Redactor([key]), [key.slice(0, 60), key.slice(60), " end"]).join("")).toBe(
      "[redacted] end",
    );
  });
});
