import { describe, expect, test } from "vitest";
import { answeringModel } from "../../testing/answering-model.ts";
import { expectProgram, type ProgramCase } from "../../testing/expect-program.ts";

const load = 'local c = require("tactus.text.classify")\n';

const fuzzy = (config: string, text: string): string =>
  `${load}local r = c.FuzzyMatchClassifier:new { ${config} }:classify("${text}")
   return {value = r.value, matched = r.matched_text, sure = math.floor(r.confidence * 100 + 0.5), retries = r.retry_count}`;

const yesNo = 'classes = {"Yes", "No"}, prompt = "A question?"';

const cases: readonly ProgramCase[] = [
  {
    name: "fuzzy, near what is expected",
    body: fuzzy('expected = "hello"', "Helo "),
    result: { value: "Yes", matched: "hello", sure: 89, retries: 0 },
  },
  {
    name: "fuzzy, far from it",
    body: fuzzy('expected = "hello", classes = {"in", "out"}', "goodbye"),
    result: { value: "out", sure: 83, retries: 0 },
  },
  {
    name: "fuzzy, the nearest class",
    body: fuzzy('classes = {"apple", "banana"}, threshold = 0.7', "bananna"),
    result: { value: "banana", matched: "banana", sure: 92, retries: 0 },
  },
  {
    name: "fuzzy, no class near enough",
    body: fuzzy('classes = {"apple", "banana"}', "xyz"),
    result: { value: "NO_MATCH", sure: 100, retries: 0 },
  },
  {
    name: "fuzzy, by words",
    body: fuzzy('expected = "new york mets", algorithm = "token_sort_ratio"', "mets new york"),
    result: { value: "Yes", matched: "new york mets", sure: 100, retries: 0 },
  },
  {
    name: "fuzzy, without anything to compare with",
    body: `${load}return c.FuzzyMatchClassifier:new {}`,
    fails: /requires 'expected' or 'classes'/,
  },
  {
    name: "similarity by an unknown algorithm",
    body: 'return require("tactus.text.classify.similarity").calculate_similarity("a", "b", "x")',
    fails: /Unsupported algorithm: x\. Choose from: ratio,/,
  },
  {
    name: "naive Bayes of a mocked model",
    declare: 'Mocks { imdb = { returns = {label = "positive", confidence = 0.75} } }',
    body: `${load}local r = c.NaiveBayesClassifier:new { name = "imdb" }("fine") return {r.value, r.confidence}`,
    result: ["positive", 0.75],
  },
  {
    name: "a language model's answer",
    body: `${load}local r = c.LLMClassifier:new { ${yesNo} }:classify("How?")
      return {r.value, r.confidence, r.explanation, r.retry_count, r.raw_response.response}`,
    options: answeringModel("It asks.\nyes"),
    result: ["Yes", 0.8, "It asks.", 0, "It asks.\nyes"],
  },
  {
    name: "a language model is asked again until it names a class",
    body: `${load}local r = c.LLMClassifier:new { ${yesNo} }("How?") return {r.value, r.retry_count}`,
    options: answeringModel("Perhaps", "Hm", "**No**"),
    result: ["No", 2],
  },
  {
    name: "after all attempts",
    body: `${load}local r = c.LLMClassifier:new { ${yesNo}, max_retries = 1 }("How?") return {r.value, r.error, r.retry_count}`,
    options: answeringModel("Perhaps", "Hm", "No"),
    result: ["ERROR", "Invalid classification after retries", 1],
  },
  {
    name: "no confidence of its own",
    body: `${load}local r = c.LLMClassifier:new { ${yesNo}, confidence_mode = "none", parse_direction = "start" }("?")
      return {value = r.value, confidence = r.confidence}`,
    options: answeringModel("No\nYes"),
    result: { value: "No" },
  },
  {
    name: "without classes",
    body: `${load}return c.LLMClassifier:new { prompt = "p" }`,
    fails: /LLMClassifier requires 'classes' field/,
  },
  {
    name: "a structured answer of a mock, by the model's numbered name",
    declare: `Mocks { mood_1 = { returns = {sentiment = "NO", confidence = 0.5, explanation = "why"} } }
      mood = Classify { name = "mood", ${yesNo} }`,
    body: 'local r = mood:classify("x") return {r.value, r.confidence, r.explanation}',
    result: ["No", 0.5, "why"],
  },
  {
    name: "mocked by the name that it was given, as an agent, with the message of older versions",
    declare: `Mocks { mood = { message = "Hm", temporal = {
        {when_message = "Please classify the following:\\n\\nFine?", message = "No\\nIt asks."},
        {when_message = "Good.", message = "Yes"} } } }
      mood = Classify { name = "mood", ${yesNo} }`,
    body: 'return {mood("Good.").value, mood("Fine?").value}',
    result: ["Yes", "No"],
  },
  {
    name: "Classify at once",
    body: `local r = Classify { ${yesNo}, input = "How?" } return r.value`,
    options: answeringModel("Yes"),
    result: "Yes",
  },
  {
    name: "Classify with another method",
    body: 'return Classify { method = "fuzzy", expected = "hello" }("hello").value',
    result: "Yes",
  },
  {
    name: "Classify with a method that is not there",
    body: 'return Classify { method = "magic", classes = {"a"} }',
    fails: /method is one of llm, fuzzy, naive_bayes/,
  },
  {
    name: "a class of one's own",
    body: `${load}local Loud = c.class(c.BaseClassifier)
      function Loud:classify(text) return {value = text:upper() .. self.config.mark} end
      return {Loud:new({mark = "!"})("hi").value, Loud._base == c.BaseClassifier}`,
    result: ["HI!", true],
  },
  {
    name: "a class without its own classify",
    body: `${load}return c.BaseClassifier:new {}("x")`,
    fails: /a classifier needs its own classify/,
  },
  {
    name: "submodules",
    body: `local llm = require("tactus.text.classify.llm").LLMClassifier
      return llm == require("tactus.text.classify").LLMClassifier`,
    result: true,
  },
];

test.for(cases)("$name", (program) => {
  expectProgram(program);
});

describe("what a classifier's model is asked", () => {
  test("the instruction, the settings, and each attempt is a checkpoint at the procedure's line", () => {
    const { events, requests } = expectProgram({
      name: "",
      body: `local mood = Classify { ${yesNo}, model = "openai/gpt-5", temperature = 0.25, max_tokens = 9, reasoning_effort = "low", verbosity = "high" }
return mood("How?").value`,
      options: answeringModel("?", "Yes"),
      result: "Yes",
    });
    expect(requests[0]?.params).toMatchObject({
      provider: "openai",
      model: "gpt-5",
      tools: [],
      messages: [
        { role: "system", text: "A question?" },
        { role: "user", text: '{"text":"How?"}' },
      ],
      settings: { temperature: 0.25, maxTokens: 9, reasoningEffort: "low", verbosity: "high" },
    });
    expect(events.filter(({ type }) => type === "checkpoint")).toMatchObject([
      { kind: "model", name: "llm_classifier_1", at: { file: "main.tac", line: 4 } },
      { kind: "model", name: "llm_classifier_1", at: { file: "main.tac", line: 4 } },
    ]);
  });
});
