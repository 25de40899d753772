import { describe, expect, test } from "vitest";
import { runSource } from "../../testing/run-source.ts";
import { slicesOf, spansOf, withoutSpans } from "./marked-text.ts";

describe("marked texts", () => {
  test("spans in spans, with attributes; positions count characters of the plain text", () => {
    expect(spansOf('é <span a="1">x<span>😀</span></span> y')).toEqual([
      { index: 1, start_char: 2, end_char: 4, text: "x😀", attributes: { a: "1" } },
      { index: 2, start_char: 3, end_char: 4, text: "😀", attributes: {} },
    ]);
  });

  test("escaped quotes", () => {
    expect(spansOf(String.raw`<span label=\"a b\">x</span>`)[0]?.attributes).toEqual({ label: "a b" });
  });

  test.for<[string, number]>([
    ["no marks", 0],
    ["an end </span> without a beginning", 0],
    ["a <span> without an end", 0],
    ["<span onclick=alert(1)>x</span>", 0],
  ])("%s", ([text, count]) => {
    expect(spansOf(text)).toHaveLength(count);
  });

  test("the plain text", () => {
    expect(withoutSpans('a <span x="<b>">b</span> <i>c</i>')).toBe("a b <i>c</i>");
  });

  test("slices", () => {
    expect(slicesOf("One.<slice/> Two.")).toEqual([
      { index: 1, start_char: 0, end_char: 4, text: "One." },
      { index: 2, start_char: 4, end_char: 9, text: " Two." },
    ]);
  });
});

const usage = { inputTokens: 1, outputTokens: 1, totalTokens: 2 };

function answering(...texts: readonly string[]) {
  const waiting = [...texts];
  return {
    "model.generate": () => ({ text: waiting.shift() ?? "", toolCalls: [], finishReason: "stop", usage }),
    "module.read": () => ({ module: null }),
  };
}

const client = 'client = {provider = "openai", model = "gpt-4o-mini"}, prompt_template = "The names."';
const run = (body: string, texts: readonly string[] = [], mock = false) =>
  runSource(`local text = require("tactus.biblicus.text")\nProcedure { function() ${body} end }`, {
    answers: answering(...texts),
    mock,
  });

describe("tactus.biblicus.text", () => {
  test("a model marks, and the marks are read", () => {
    const { finished, requests } = run(`return text.extract({text = "Alice met Bob.", ${client}})`, [
      "<span>Alice</span> met <span>Bob</span>.",
    ]);
    expect(finished.result).toMatchObject({
      spans: [{ text: "Alice" }, { text: "Bob", start_char: 10 }],
      warnings: {},
    });
    expect(JSON.stringify(requests[0]?.params)).toContain("The names.");
  });

  test("a model that changes the text is asked again", () => {
    const { finished, requests } = run(`return text.extract({text = "Alice", ${client}})`, [
      "Alicia",
      "<span>Alice</span>",
    ]);
    expect(requests).toHaveLength(2);
    expect(finished.result).toMatchObject({ marked_up_text: "<span>Alice</span>", warnings: {} });
  });

  test("twice is a warning", () => {
    const { finished } = run(`return text.slice({text = "A. B.", ${client}})`, ["x", "A.<slice/> C."]);
    expect(finished.result).toMatchObject({
      slices: [{ text: "A." }, { text: " C." }],
      warnings: [expect.stringMatching(/changed the text/)],
    });
  });

  test("attributes, ids and kinds reach the model", () => {
    const { requests } = run(
      `text.annotate({text = "a", allowed_attributes = {"label"}, ${client}}) text.link({text = "a", id_prefix = "link_", ${client}}) text.redact({text = "a", redaction_types = {"name"}, ${client}})`,
      ["a", "a", "a"],
    );
    const sent = requests.map(({ params }) => JSON.stringify(params));
    expect(sent[0]).toContain("may be used: label");
    expect(sent[1]).toContain("begin with link_");
    expect(sent[2]).toContain("one of name");
  });

  test.for<[string, string, unknown]>([
    ["a declared mock", 'return text.redact({text = "x"}).spans[1].text', undefined],
    [
      "an answer in the request",
      'return text.extract({text = "x", mock_marked_up_text = "<span>x</span>"}).spans[1].text',
      "x",
    ],
    [
      "helpers",
      'return {text.strip_span_tags("a <span>b</span>"), text.parse_span_markup("<span>b</span>")[1].text, text.summarize_span_context("<span>b</span>", {1})[1], text.summarize_span_context("<span>b</span>", 1)}',
      ["a b", "b", "Span 1: b", "Span 1: b"],
    ],
  ])("without a model: %s", ([name, body, result]) => {
    const mocks = 'Mocks { ["biblicus.text.redact"] = {returns = {spans = {{text = "mocked"}}}} }\n';
    const { finished, requests } = runSource(
      `local text = require("biblicus.text")\n${mocks}Procedure { function() ${body} end }`,
      { answers: answering() },
    );
    expect(finished.error).toBeUndefined();
    expect(finished.result).toEqual(name === "a declared mock" ? "mocked" : result);
    expect(requests.filter(({ method }) => method === "model.generate")).toEqual([]);
  });

  test("in mock mode nothing is marked and nobody is asked", () => {
    expect(run(`return text.extract({text = "x", ${client}}).marked_up_text`, [], true).finished.result).toBe(
      "x",
    );
  });

  test.for<[string, RegExp]>([
    ["text.extract({})", /needs a table with text/],
    ['text.extract({text = "x"})', /needs client/],
  ])("%s", ([call, message]) => {
    expect(run(`return ${call}`).finished.error?.message).toMatch(message);
  });
});
