import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");
const folders =
  "{common,protocol,mcp,lua,language,runtime,sandbox,broker,runs,review,debug-adapter,cli,extension}";

/** Codes in the position of a code: `code: "x"`, a union of codes, the first argument of a failure. */
const codePattern =
  /(?:\bcode: |\| |[Ff]ailure\(|[Pp]roblem\(|[Rr]efusal\(|[Rr]efused\(|[Ee]nd\(|[Ee]rror\(|\bfail\()\s*"([a-z]+(?:-[a-z]+)+)"/g;

function codesInSources(): Set<string> {
  const files = globSync(`${folders}/**/*.ts`, { cwd: root }).filter((file) => !file.endsWith(".test.ts"));
  const texts = files.map((file) => readFileSync(path.join(root, file), "utf8"));
  return new Set(texts.flatMap((text) => [...text.matchAll(codePattern)].map((match) => match[1] ?? "")));
}

/** Errors stand in the first column of a table, findings are headings. */
function documentedCodes(): Set<string> {
  const linesOf = (page: string): string[] => readFileSync(path.join(root, page), "utf8").split("\n");
  const firstColumns = linesOf("docs/errors.md")
    .filter((line) => line.startsWith("| `"))
    .map((line) => line.split(" | ")[0] ?? "");
  const errors = firstColumns.flatMap((column) =>
    [...column.matchAll(/`([a-z-]+)`/g)].map((match) => match[1] ?? ""),
  );
  const findings = linesOf("docs/diagnostics.md").flatMap((line) => /^## ([a-z-]+)$/.exec(line)?.[1] ?? []);
  return new Set([...errors, ...findings]);
}

/** Kebab-case words in such a position that are not errors. */
const otherWords = new Set([
  "tool-call",
  "tool-calls",
  "tool-result",
  "tool-error",
  "openai-compatible",
  "lua54-wasm",
  "next-exit",
  "disable-line",
  "disable-next-line",
  "full-text",
  "self-test",
  "side-effects",
  "no-syntax",
]);

test("every error code is documented", () => {
  const documented = documentedCodes();
  expect([...codesInSources()].filter((code) => !documented.has(code) && !otherWords.has(code))).toEqual([]);
});

test("every documented code exists", () => {
  const sources = globSync(`${folders}/**/*.ts`, { cwd: root })
    .map((file) => readFileSync(path.join(root, file), "utf8"))
    .join("\n");
  expect([...documentedCodes()].filter((code) => !sources.includes(`"${code}"`))).toEqual([]);
});
