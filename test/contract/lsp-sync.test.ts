import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import type { Range, SemanticTokens } from "vscode-languageserver";
import { editorCapabilities } from "../support/lsp/editor-capabilities.ts";
import { LanguageClient } from "../support/lsp/language-client.ts";
import {
  type Encoding,
  positionOf,
  randomNumbers,
  randomReplacement,
  unitsOf,
} from "../support/lsp/random-edits.ts";

const sample = readFileSync(path.resolve(import.meta.dirname, "../robustness/sample.tac"), "utf8");
const pieces = [
  ..."abc. \n\"'=(){}[]",
  "\r\n",
  "ä😀€",
  "end\n",
  "function f(x)\n",
  "local helper = 1\n",
  "-- note\n",
  "[[",
  "]]",
  'x = Tool { description = "d" }\n',
];

/** What shows the text and the tree of the server: each of these depends on every character. */
const questions = ["documentSymbol", "semanticTokens/full", "foldingRange", "documentLink", "diagnostic"];

test.for<[Encoding, number]>([
  ["utf-16", 1],
  ["utf-16", 2],
  ["utf-8", 3],
  ["utf-32", 4],
])(
  "%s, seed %i: after random edits everything is as in a document opened afresh",
  async ([encoding, seed]) => {
    await using client = await LanguageClient.start({
      capabilities: { ...editorCapabilities, general: { positionEncodings: [encoding] } },
    });
    expect(client.capabilities.positionEncoding).toBe(encoding);
    const random = randomNumbers(seed);
    const edited = "file:///w/edited.tac";
    let text = `-- ä😀€ \n${sample}`;
    await client.open(edited, text);
    for (let round = 0; round < 24; round++) {
      for (let keystroke = 0; keystroke < 5; keystroke++) {
        const changes = Array.from({ length: 1 + random(3) }, () => {
          const { start, end, text: inserted } = randomReplacement(text, pieces, random);
          const range = { start: positionOf(text, start, encoding), end: positionOf(text, end, encoding) };
          text = text.slice(0, start) + inserted + text.slice(end);
          return { range, text: inserted };
        });
        await client.edit(edited, changes);
      }
      const fresh = `file:///w/fresh-${round}.tac`;
      await client.open(fresh, text);
      // Declarations that are computed are evaluated a moment after the last keystroke.
      await expect
        .poll(() => differences(client, edited, fresh), { timeout: 5000, message: text })
        .toEqual([]);
      await client.close(fresh);
    }
    expect(client.calls.errors).toEqual([]);
  },
);

/** Answers that are not the same for two documents. */
async function differences(client: LanguageClient, one: string, other: string): Promise<string[][]> {
  const [of, and] = [await answers(client, one), await answers(client, other)];
  return of.flatMap((answer, index) => (answer === and[index] ? [] : [[answer, and[index] ?? ""]]));
}

async function answers(client: LanguageClient, uri: string): Promise<string[]> {
  const each = questions.map((method) => client.request(`textDocument/${method}`, { textDocument: { uri } }));
  const unnamed = (answer: unknown): string =>
    JSON.stringify(answer)
      .replaceAll(uri, "URI")
      .replaceAll(/"resultId":"[^"]*"/g, "");
  return (await Promise.all(each)).map(unnamed);
}

test.for<Encoding>(["utf-16", "utf-8", "utf-32"])(
  "%s: columns of answers count as those of questions",
  async (encoding) => {
    await using client = await LanguageClient.start({
      capabilities: { ...editorCapabilities, general: { positionEncodings: [encoding] } },
    });
    const uri = "file:///w/a.tac";
    const before = 'print("ä😀€") ';
    await client.open(uri, `local größe = 1\n${before}print(x_missing)`);
    const start = unitsOf(`${before}print(`, encoding);
    const [missing] = (await client.diagnose(uri)).filter(({ code }) => code === "undefined-global");
    const range = {
      start: { line: 1, character: start },
      end: { line: 1, character: start + "x_missing".length },
    };
    expect(missing?.range).toEqual(range);
    const textDocument = { uri };
    const highlights = await client.request<Array<{ range: Range }>>("textDocument/documentHighlight", {
      textDocument,
      position: { line: 1, character: start + 2 },
    });
    expect(highlights.map((highlight) => highlight.range)).toEqual([range]);
    const { data } = await client.request<SemanticTokens>("textDocument/semanticTokens/full", {
      textDocument,
    });
    expect(placesOf(data)).toContainEqual([1, start, "x_missing".length]);
  },
);

/** Line, column and length of each token. */
function placesOf(data: readonly number[]): number[][] {
  let [line, character] = [0, 0];
  return Array.from({ length: data.length / 5 }, (_, index) => {
    const [lines = 0, characters = 0, length = 0] = data.slice(5 * index);
    character = lines > 0 ? characters : character + characters;
    line += lines;
    return [line, character, length];
  });
}

test("a client without a choice gets UTF-16, one with an unknown choice too", async () => {
  for (const general of [undefined, { positionEncodings: ["utf-7"] }]) {
    const { general: _, ...rest } = editorCapabilities;
    await using client = await LanguageClient.start({
      capabilities: { ...rest, ...(general && { general }) },
    });
    expect(client.capabilities.positionEncoding).toBe("utf-16");
  }
});

test("a document that is named in two spellings is one", async () => {
  await using client = await LanguageClient.start();
  await client.open("file:///w/a%20%28b%29.tac", "return = 1");
  expect(await client.diagnose("file:///w/a%20(b).tac")).toHaveLength(1);
  await client.edit("file:///w/a%20(b).tac", [{ text: "return 1" }]);
  expect(await client.diagnose("file:///w/a%20%28b%29.tac")).toEqual([]);
});

test("an untitled document of our language is served, one of another is not", async () => {
  await using client = await LanguageClient.start();
  await client.open("untitled:Untitled-1", "return = 1");
  expect(await client.diagnose("untitled:Untitled-1")).toMatchObject([{ code: "syntax-error" }]);
  await client.open("untitled:Untitled-2", "return = 1", "lua");
  expect(await client.diagnose("untitled:Untitled-2")).toEqual([]);
  await client.close("untitled:Untitled-1");
  await expect.poll(() => client.diagnose("untitled:Untitled-1")).toEqual([]);
});
