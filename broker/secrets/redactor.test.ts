import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { knownKeys } from "#common/known-keys.ts";
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
  ["in JSON in JSON", JSON.stringify(JSON.stringify({ key: secret }))],
  ["in hexadecimal digits", encode(secret, "hex")],
  ["in large hexadecimal digits", encode(secret, "hex").toUpperCase()],
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

/** Put together here, so that nobody who searches the sources for keys finds some. */
const shapes: [string, string][] = [
  ["OpenAI", ["sk", "proj", "abcdefghijklmnopqrstuvwxyz"].join("-")],
  ["Anthropic", ["sk", "ant", "api03", "abcdefghijklmnopqrstuvwxyz"].join("-")],
  ["AWS", `AKIA${"IOSFODNN7EXAMPLE"}`],
  ["AWS, for a while", `ASIA${"IOSFODNN7EXAMPLE"}`],
  ["GitHub", `ghp_${"a1".repeat(18)}`],
  ["GitHub, fine-grained", `github_pat_${"a1".repeat(22)}_${"b2".repeat(20)}`],
  ["GitLab", `glpat-${"a1".repeat(10)}`],
  ["Google", `AIza${"b".repeat(35)}`],
  ["Slack", ["xoxb", "123456789012", "abcdefgh"].join("-")],
  ["Stripe", `sk_live_${"a1".repeat(12)}`],
  ["npm", `npm_${"a1".repeat(18)}`],
  ["Hugging Face", `hf_${"aB".repeat(17)}`],
];

test.for(shapes)("what looks like a key of %s is removed", ([, shape]) => {
  expect(new Redactor().text(`key=${shape};`)).toBe("key=[redacted];");
});

test.for(shapes)("also in base64, wherever it starts, and URL-encoded: %s", ([, shape]) => {
  const everyCharacter = [...shape].map((one) => `%${encode(one, "hex")}`).join("");
  for (const before of ["", "a", "ab", "abc"]) {
    for (const encoding of ["base64", "base64url"] as const) {
      const redacted = new Redactor().text(`x ${encode(`${before}${shape} tail`, encoding)} y`);
      expect(decoded(redacted)).not.toContain(shape.slice(4, -4));
    }
  }
  for (const form of [everyCharacter, everyCharacter.replaceAll("%", "%25"), shape.replace("a", "\\u0061")])
    expect(new Redactor().text(`x ${form} y`)).toBe("x [redacted] y");
});

const framed: [string, string, string][] = [
  ["a web token", `at eyJ${"a".repeat(20)}.eyJ${"b".repeat(20)}.${"c".repeat(20)};`, "at [redacted];"],
  ["what a header bears", `Authorization: Bearer ${"abc123".repeat(5)}`, "Authorization: Bearer [redacted]"],
  [
    "a password in an address",
    "git clone https://person:hunter22@example.org/x",
    "git clone https://[redacted]@example.org/x",
  ],
  [
    "a private key",
    `a\n-----BEGIN RSA ${"PRIVATE"} KEY-----\nMIIE\n-----END RSA ${"PRIVATE"} KEY-----\nb`,
    "a\n[redacted]\nb",
  ],
  ["a private key that was cut", `a\n-----BEGIN ${"PRIVATE"} KEY-----\nMIIE\nabc`, "a\n[redacted]"],
];

test.for(framed)("%s is removed", ([, text, redacted]) => {
  expect(new Redactor([other]).text(text)).toBe(redacted);
});

test.for(knownKeys)("whatever a check takes for $kind is removed", ({ body }) => {
  const shape = new RegExp(body);
  // What is made of a pattern can't look around itself.
  const alone = new RegExp(`^${body.replaceAll(/\(\?[!=][^)]*\)/g, "")}$`);
  const redactor = new Redactor([other]);
  fc.assert(
    fc.property(fc.stringMatching(alone), (key) => {
      const [whole = key, secretPart = whole] = shape.exec(`${key}@`) ?? [];
      expect(redactor.text(`it is ${key}@x`)).not.toContain(secretPart);
    }),
    { numRuns: 50, seed: 20_261_125 },
  );
});

test.for([
  "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  "0b54be6e-9c3f-4a6e-8f7b-0d8f3c1b2a4d",
  "http://localhost:8080/path?mail=a@b.example",
  "see https://example.org/a:b/c@d and risk-averse, task-oriented people",
  "eyJhbGciOiJub25lIn0 is the start of a token and nothing more",
  "-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----",
  "100%25 of C:\\users\\u0000 and \\u00e9",
  Buffer.from("some ordinary text in base64, some more of it").toString("base64"),
])("ordinary text stays: %s", (text) => {
  expect(new Redactor([other]).text(text)).toBe(text);
});

describe("a text that was cut or wrapped", () => {
  const long = `${"Tr0ub4dor".repeat(12)}-end`;
  const redactor = new Redactor([long]);

  test.for<[string, string, string]>([
    ["an end that is cut", `it is ${long.slice(0, 40)}`, "it is [redacted]"],
    ["an end that is marked as cut", `it is ${long.slice(0, 40)}… more`, "it is [redacted]… more"],
    ["a start that is cut", `${long.slice(-40)} it was`, "[redacted] it was"],
    ["a piece of the middle", long.slice(20, 60), "[redacted]"],
    ["both", `${long.slice(-20)} and ${long.slice(0, 20)}`, "[redacted] and [redacted]"],
    ["too little to tell", `it is ${long.slice(0, 11)}`, `it is ${long.slice(0, 11)}`],
    ["another text with the same start", `${long.slice(0, 20)}?`, `${long.slice(0, 20)}?`],
  ])("%s", ([, text, redacted]) => {
    expect(redactor.text(text)).toBe(redacted);
  });

  test.for(["\n", "\r\n", "\\n"])("base64 in lines with the break %j", (lineBreak) => {
    const wrapped = encode(`key: ${long}`, "base64").replaceAll(/(.{76})/g, `$1${lineBreak}`);
    expect(decoded(redactor.text(wrapped).replaceAll(lineBreak, ""))).not.toContain("dorTr0");
  });

  test("each line of a secret of several is one", () => {
    const lines = ["first line of a key", "second line of a key"];
    expect(new Redactor([lines.join("\n")]).text(`a ${lines[1]} b ${lines[0]}`)).toBe(
      "a [redacted] b [redacted]",
    );
  });
});

/** Texts for which a pattern with a choice would take the square of their length. */
test.for<[string, string]>([
  ["beginnings of tokens", "eyJaaaaaaaaaaaa-"],
  ["beginnings of private keys", `-----BEGIN ${"PRIVATE"} KEY-----`],
  ["addresses", "://a:b"],
  ["base64 of beginnings of keys", "c2stAAAA"],
  ["escapes", "%41\\u0041"],
  ["one word", "a"],
  ["pieces", "another-secr"],
])("a text of nothing but %s is read in one pass", ([, part]) => {
  const text = part.repeat((2 * 1024 * 1024) / part.length);
  const redactor = new Redactor([other]);
  redactor.text(text);
  redactor.split(text);
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

  test("shows each word as soon as it is whole", () => {
    expect(pushed(new Redactor([other]), ["plain ", "te", "xt, 東", "京"])).toEqual([
      "plain ",
      "",
      "text, 東",
      "京",
      "",
    ]);
  });

  test("of a word without end shows all but the last characters", () => {
    const [shown = ""] = pushed(new Redactor([other]), ["x".repeat(10_000)]);
    expect(shown).toHaveLength(10_000 - 4096);
  });

  test.for(shapes)("hides what looks like a key, wherever it is cut: %s", ([, shape]) => {
    const redactor = new Redactor();
    const text = `see ${shape} here`;
    for (let cut = 0; cut <= text.length; cut++) {
      expect(pushed(redactor, [text.slice(0, cut), text.slice(cut)]).join("")).toBe("see [redacted] here");
    }
    expect(pushed(redactor, [...text]).join("")).toBe("see [redacted] here");
  });

  test("holds back no endless text that begins like a key", () => {
    const stream = new RedactedStream(new Redactor());
    const shown = Array.from({ length: 1000 }, () => stream.push("sk-0123456789")).join("");
    expect(shown).toContain("[redacted]");
    expect(stream.end().length).toBeLessThan(400);
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
