import { describe, expect, test } from "vitest";
import type { Json, JsonObject } from "#common/json.ts";
import { RequestRefused } from "../ports.ts";
import { runSource } from "../testing/run-source.ts";

const notes: Readonly<Record<string, string>> = {
  "notes/tea.md": "Green tea is brewed at 80 degrees.\n\nBlack tea needs boiling water.",
  "notes/coffee.md": "Coffee is ground fresh. Then it is brewed.",
  "notes/deep/cake.txt": "Cake goes well with tea.",
  "notes/picture.png": "tea tea tea",
};

const answers = {
  "file.list": ({ path }: JsonObject): Json => {
    const prefix = `${String(path)}/`;
    const names = new Map<string, boolean>();
    for (const file of Object.keys(notes)) {
      if (!file.startsWith(prefix)) continue;
      const [name = "", ...rest] = file.slice(prefix.length).split("/");
      names.set(name, rest.length > 0);
    }
    if (names.size === 0) throw new RequestRefused("file-not-found", `There is no folder ${String(path)}.`);
    return { entries: [...names].map(([name, directory]) => ({ name, directory })) };
  },
  "file.readBytes": ({ path }: JsonObject): Json => {
    const bytes = Buffer.from(notes[String(path)] ?? "");
    return { base64: bytes.toString("base64"), size: bytes.length };
  },
  "model.generate": (): Json => ({
    text: "said",
    toolCalls: [],
    finishReason: "stop",
    usage: { inputTokens: 1, outputTokens: 1, totalTokens: 2 },
  }),
};

const declare = `local files = require("tactus.corpora.filesystem")
local vectors = require("tactus.retrievers.tf_vector")
local fullText = require("tactus.retrievers").SqliteFullTextSearch
notes = files.Corpus { root = "notes" }
search = vectors.Retriever { corpus = notes, limit = 2 }
words = fullText.Retriever:new { corpus = "notes", configuration = {pipeline = {query = {limit = 1}}}, include_metadata = true }
`;

const agent = (fields: string): string =>
  `helper = Agent { provider = "openai", model = "gpt-4o", system_prompt = "You help.", tools = {}, ${fields} }\n`;

/** What was sent to the model: role and text of each message. */
function sent(
  source: string,
  calls = 'helper("How hot is green tea?")',
): readonly (readonly [string, string])[][] {
  const run = runSource(`${declare}${source}\nProcedure { function() ${calls} return 1 end }`, { answers });
  expect(run.finished.error).toBeUndefined();
  return run.requests
    .filter(({ method }) => method === "model.generate")
    .map(({ params }) => {
      const messages = params["messages"];
      return Array.isArray(messages)
        ? messages.map((message: JsonObject) => [String(message["role"]), String(message["text"])] as const)
        : [];
    });
}

const tea = "Green tea is brewed at 80 degrees.\n\nBlack tea needs boiling water.";

describe("contexts", () => {
  test("without messages: the agent's prompt, the packs, the conversation, the message", () => {
    const turns = sent(
      `c = Context { packs = {search} }\n${agent("context = c")}`,
      'helper("green tea?") helper("And cake?")',
    );
    expect(turns[0]).toEqual([
      ["system", `You help.\n\n${tea}\n\nCake goes well with tea.`],
      ["user", "green tea?"],
    ]);
    expect(turns[1]).toEqual([
      ["system", "You help.\n\nCake goes well with tea."],
      ["user", "green tea?"],
      ["assistant", "said"],
      ["user", "And cake?"],
    ]);
  });

  test("messages in their order, filled", () => {
    const source = `c = Context { messages = {
      system(template("Answer {input.question} for {name}.", {name = "Ann"})), context(words), user("Example?"), assistant("Yes."),
      history(), user(template("Q: {input.message}")) } }\n${agent('context = "c"')}`;
    expect(sent(source)).toEqual([
      [
        ["system", `Answer How hot is green tea? for Ann.\n\n[notes/tea.md]\n${tea}`],
        ["user", "Example?"],
        ["assistant", "Yes."],
        ["user", "Q: How hot is green tea?"],
      ],
    ]);
  });

  test("a context inside another, as a text", () => {
    const source = `inner = Context { messages = {system("Be brief."), context(search, {max_tokens = 3})} }
      c = Context { packs = {inner} }\n${agent("context = c")}`;
    expect(sent(source)[0]?.[0]).toEqual(["system", "You help.\n\nBe brief.\n\nGreen tea"]);
  });

  test("too much is shortened as the compactor says", () => {
    const source = `short = Compactor { type = "summary" }
      c = Context { packs = {search}, policy = {input_budget = {max_tokens = 24}, compactor = short} }\n${agent("context = c")}`;
    const [system] = sent(source)[0] ?? [];
    expect(system?.[1]).toBe("You help.\n\nGreen tea is brewed at 80 degrees.\n\nBlack tea needs boiling");
  });

  test("the room is shared by weight, and higher priority comes first", () => {
    const source = `c = Context { packs = {{name = "words", weight = 1}, {name = "search", weight = 3, priority = 1}},
      input_budget = {max_tokens = 40} }\n${agent("context = c")}`;
    const [system] = sent(source)[0] ?? [];
    expect(system?.[1]).toMatch(/^You help\.\n\n\[notes\/tea\.md\][\s\S]*Green tea is brewed at 80 degrees/);
    expect((system?.[1].length ?? 0) / 4).toBeLessThanOrEqual(40);
  });

  test("further pages are fetched while there is room", () => {
    const source = `one = vectors.Retriever { corpus = notes, limit = 1 }
      c = Context { packs = {one}, input_budget = {max_tokens = 500}, expansion = {max_pages = 3, min_fill_ratio = 0.9} }\n${agent("context = c")}`;
    expect(sent(source)[0]?.[0]?.[1]).toBe(
      `You help.\n\n${tea}\n\nCoffee is ground fresh. Then it is brewed.\n\nCake goes well with tea.`,
    );
  });

  test("a mock answers in place of a retriever; no file is read", () => {
    const source = `Mocks { search = {returns = {{text = "mocked"}, "too"}} }
      c = Context { packs = {search} }\n${agent("context = c")}`;
    const run = runSource(`${declare}${source}\nProcedure { function() helper("x") end }`, { answers });
    expect(run.requests.map(({ method }) => method)).toEqual(["model.generate"]);
    expect(JSON.stringify(run.requests[0]?.params)).toContain("mocked\\n\\ntoo");
  });

  test.for<[string, string, RegExp]>([
    ["an unknown field", "c = Context { pack = {search} }", /Context 'c': field 'pack' is unknown/],
    ["an empty budget", "c = Context { input_budget = {x = 1} }", /needs 'ratio' or 'max_tokens'/],
    ["a directive that is no text", "c = Context { messages = {system(5)} }", /system\(…\) takes a text/],
    ["the curried form", 'Context "c" {}', /Curried Context syntax is not supported/],
    ["another name", 'c = Context { name = "d" }', /Context name mismatch/],
    [
      "a retriever without a kind",
      "r = Retriever { corpus = notes }",
      /Missing retriever_id for retriever 'r'/,
    ],
    [
      "a retriever without a corpus",
      'r = Retriever { retriever_id = "tf-vector" }',
      /field 'corpus' is required/,
    ],
    [
      "a retriever that needs a model of embeddings",
      'r = require("tactus.retrievers").EmbeddingIndexFile.Retriever { corpus = notes }',
      /there is none here/,
    ],
    ["a corpus without a root", "k = Corpus {}", /field 'root' is required/],
    ["a compactor of another type", 'k = Compactor { type = "zip" }', /field 'type' must be one of/],
  ])("%s is an error before anything runs", ([, source, message]) => {
    const { finished } = runSource(`${declare}${source}\nProcedure { function() end }`, { answers });
    expect(finished.error?.message).toMatch(message);
  });

  test.for<[string, string, RegExp]>([
    ["no such context", agent('context = "none"'), /no context 'none'/],
    [
      "no such pack",
      `c = Context { packs = {"none"} }\n${agent("context = c")}`,
      /no retriever and no context 'none'/,
    ],
    ["a context in itself", `c = Context { packs = {"c"} }\n${agent("context = c")}`, /contains itself/],
    [
      "no such folder",
      `e = Corpus { root = "gone" }\ns = vectors.Retriever { corpus = e }\nc = Context { packs = {s} }\n${agent("context = c")}`,
      /no folder/,
    ],
  ])("%s is an error of the turn", ([, source, message]) => {
    const { finished } = runSource(`${declare}${source}\nProcedure { function() helper("x") end }`, {
      answers,
    });
    expect(finished.error?.message).toMatch(message);
  });
});

describe("tasks that retrievers and corpora offer", () => {
  test.for<[string | undefined, Json | RegExp]>([
    ["index", { search: 3, words: 3 }],
    ["index:search", { search: 3 }],
    ["extract:notes", { notes: 3 }],
    [
      "index:gone",
      /no task 'index:gone'\. There are: index, index:search, index:words, extract, extract:notes/,
    ],
    [undefined, /name the one to run: index, index:search/],
  ])("%s", ([procedure, expected]) => {
    const { finished } = runSource(declare, { answers, ...(procedure === undefined ? {} : { procedure }) });
    if (expected instanceof RegExp) expect(finished.error?.message).toMatch(expected);
    else expect(finished.result).toEqual(expected);
  });
});
