// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how snippets are written.
import { describe, expect, test } from "vitest";
import { steps } from "#vocabulary/steps.ts";
import { completeSteps } from "./complete-steps.ts";
import { matchStep } from "./match-steps.ts";

const names = { tool: ["done", "search", "send_mail"], agent: ["writer"], output: ["summary"] };

/** Snippets of the candidates, by their steps' names. */
function snippets(prefix: string): Record<string, string> {
  return Object.fromEntries(
    completeSteps(prefix, { names }).map(({ step, snippet }) => [step?.name, snippet]),
  );
}

test("nothing written: every step, with its names to choose from", () => {
  const all = completeSteps("", { names });
  expect(all).toHaveLength(steps.length);
  expect(all.find(({ step }) => step?.name === "tool-called")).toMatchObject({
    label: "the <tool> tool should be called",
    snippet: "the ${1|done,search,send_mail|} tool should be called",
    doc: "The tool was called at least once.",
  });
});

describe("what is written stays", () => {
  test.for([
    ["the", "procedure-runs", "the procedure runs"],
    ["The Proc", "procedure-fails", "The Procedure should fail"],
    ["the se", "tool-called", "the ${1|search,send_mail|} tool should be called"],
    [
      "the done tool sho",
      "tool-called-at-least",
      "the done tool should be called at least ${1:count} time(s)",
    ],
    [
      "the done tool should be called w",
      "tool-called-with",
      "the done tool should be called with ${1:argument}=${2:value}",
    ],
    ["the my_tool", "tool-called", "the ${1:my_tool} tool should be called"],
    ["the output summary should be ", "output-field-equals", "the output summary should be ${1:value}"],
    ["the output ", "output-field-exists", "the output ${1|summary|} should exist"],
    ['the agent "', "agent-responds", 'the agent "${1|writer|}" responds with ${2:response}'],
    [
      'the agent "writer" calls',
      "agent-calls-tool",
      'the agent "writer" calls tool "${1|done,search,send_mail|}" with args ${2:arguments}',
    ],
    ["the input x is [1, 2", "input-list", "the input x is [${1:1, 2}]"],
    ["the state a$b", "state-equals", undefined],
  ] as [string, string, string | undefined][])("%s", ([prefix, name, expected]) => {
    expect(snippets(prefix)[name]?.replace("time(s)", "times")).toBe(expected?.replace("time(s)", "times"));
  });

  test("steps that begin otherwise are not offered", () => {
    expect(Object.keys(snippets("the output should semant"))).toEqual(["output-semantic"]);
    expect(snippets("something else")).toEqual({});
  });
});

test("words in their order find a step", () => {
  expect(Object.keys(snippets("tool called exactly"))).toEqual(["tool-called-exactly"]);
  expect(Object.keys(snippets("stop reason pattern"))).toEqual(["stop-reason-pattern"]);
});

test("custom steps, with their groups as parameters", () => {
  const customSteps = [{ pattern: 'I classify "(.+)" (?P<count>\\d+) times\\.' }, { pattern: "plain" }];
  const offered = completeSteps("I cl", { customSteps });
  expect(offered).toMatchObject([
    {
      label: 'I classify "<text1>" <count> times.',
      snippet: 'I classify "${1:text1}" ${2:count} times.',
      custom: customSteps[0],
    },
  ]);
});

test("what is offered is a step, when its parameters are filled in", () => {
  for (const { step } of completeSteps("")) {
    const [completion] = completeSteps(step?.example ?? "").filter((each) => each.step === step);
    const text = completion?.snippet.replace(/\$\{\d+:((?:[^\\}]|\\.)*)\}/g, "$1").replace(/\\(.)/g, "$1");
    expect(matchStep(text ?? "")).toMatchObject({ step: { name: step?.name } });
  }
});

test("any text is completed without a throw", () => {
  const pieces = ["the", "done", "tool", '"', "output", "should", "$", "}", "\\", "(", "é", "[", "5%"];
  let seed = 37;
  for (let round = 0; round < 2000; round++) {
    const prefix = Array.from({ length: 6 }, () => {
      seed = (seed * 48271) % 2147483647;
      return pieces[seed % pieces.length];
    }).join(seed % 3 ? " " : "");
    completeSteps(prefix, { names, customSteps: [{ pattern: prefix }] });
  }
});
