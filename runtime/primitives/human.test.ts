import { expect, test } from "vitest";
import type { Json } from "#common/json.ts";
import { RequestRefused } from "../ports.ts";
import { expectProgram, type ProgramCase } from "../testing/expect-program.ts";

const answering = (value: Json): ProgramCase["options"] => ({
  answers: { "human.ask": () => ({ value, by: "ann" }) },
});

test.for<{ name: string; call: string; params: Json; answer: Json; result: unknown }>([
  {
    name: "approve, with a text",
    call: "Human.approve('Ship?')",
    params: { kind: "approval", message: "Ship?", default: false, details: {} },
    answer: true,
    result: true,
  },
  {
    name: "approve, refused",
    call: "Human.approve({message = 'Ship?', context = {v = 1}, timeout = 5})",
    params: { kind: "approval", timeoutSeconds: 5, details: { context: { v: 1 } } },
    answer: false,
    result: false,
  },
  {
    name: "input",
    call: "Human.input({message = 'Name?', placeholder = 'x', default = 'anon'})",
    params: { kind: "input", message: "Name?", default: "anon", details: { placeholder: "x" } },
    answer: "Ann",
    result: "Ann",
  },
  {
    name: "review",
    call: "Human.review({message = 'Look', artifact = 'draft'})",
    params: {
      kind: "review",
      options: [
        { label: "Approve", type: "action" },
        { label: "Reject", type: "action" },
      ],
      details: { artifact: "draft", artifact_type: "artifact" },
    },
    answer: { decision: "approved", feedback: "" },
    result: { decision: "approved", feedback: "" },
  },
  {
    name: "select",
    call: "Human.select({message = 'Pick', options = {'a', {label = 'B', value = 'b'}}})",
    params: { kind: "select", options: ["a", { label: "B", value: "b" }], details: { mode: "single" } },
    answer: "b",
    result: "b",
  },
  {
    name: "escalate",
    call: "Human.escalate({message = 'Help', timeout = 5})",
    params: { kind: "escalation", details: { severity: "error" } },
    answer: null,
    result: null,
  },
  {
    name: "multiple",
    call: "Human.multiple({{id = 'a', label = 'A', type = 'input', message = 'a?'}})",
    params: {
      kind: "inputs",
      details: { items: [{ id: "a", label: "A", type: "input", message: "a?", required: true }] },
    },
    answer: { a: [1] },
    result: { a: [1] },
  },
  {
    name: "custom",
    call: "Human.custom({component_type = 'chart', message = 'See'})",
    params: { kind: "custom", details: { component_type: "chart", data: {}, actions: {} } },
    answer: { x: 1 },
    result: { x: 1 },
  },
  {
    name: "a declared point",
    call: "Human.approve({config_key = 'gate', timeout = 3})",
    params: { kind: "approval", message: "Open?", timeoutSeconds: 3 },
    answer: true,
    result: true,
  },
])("$name", ({ call, params, answer, result }) => {
  const { requests, events } = expectProgram({
    name: "",
    declare: 'Hitl("gate", { type = "approval", message = "Open?", timeout = 60 })',
    body: `return ${call}`,
    options: answering(answer) ?? {},
    result,
  });
  expect(requests).toMatchObject([
    { method: "human.ask", params: { ...Object(params), at: { file: "main.tac", line: 3 } } },
  ]);
  expect(events).toMatchObject([{ type: "checkpoint", kind: "human", value: answer }]);
});

test("a mocked run answers by itself", () => {
  const { requests } = expectProgram({
    name: "",
    body: "return {Human.approve('a'), Human.input('b'), Human.review('c').decision, Human.escalate('d') == nil}",
    options: { mock: true },
    result: [true, "test input", "Approve", true],
  });
  expect(requests).toEqual([]);
});

test("notify is a log event and no checkpoint", () => {
  const { events } = expectProgram({
    name: "",
    body: "Human.notify({message = 'fyi', level = 'warning'})",
    result: null,
  });
  expect(events).toMatchObject([{ type: "log", level: "warn", message: "fyi", at: { line: 3 } }]);
});

const failing: readonly ProgramCase[] = [
  { name: "no items", body: "Human.multiple({})", fails: /at least one item/ },
  { name: "an item without an id", body: "Human.multiple({{label = 'A'}})", fails: /'id' field/ },
  {
    name: "two items of one id",
    body: "local i = {id = 'a', label = 'A', type = 't', message = 'm'}; Human.inputs({i, i})",
    fails: /duplicate item ID: a/,
  },
  {
    name: "a point that is not declared",
    body: "Human.approve({config_key = 'none'})",
    fails: /no Hitl\("none"/,
  },
  { name: "custom without a type", body: "Human.custom({message = 'm'})", fails: /component_type/ },
];

test.for(failing)("$name", (program) => {
  expectProgram(program);
});

test("a refusal is an error with its code", () => {
  const refuse = (): never => {
    throw new RequestRefused("human-failed", "Nobody answered.");
  };
  expectProgram({
    name: "",
    body: "Human.approve('x')",
    options: { answers: { "human.ask": refuse } },
    fails: "human-failed",
  });
});
