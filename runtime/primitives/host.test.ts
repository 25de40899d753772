import { expect, test } from "vitest";
import { RequestRefused } from "../ports.ts";
import { expectProgram, type ProgramCase } from "../testing/expect-program.ts";

const refusing = {
  answers: {
    "host.call": (): never => {
      throw new RequestRefused("tool-denied", "Tool not allowlisted: rm");
    },
  },
};

const cases: readonly ProgramCase[] = [
  {
    name: "without arguments",
    body: "return Host.call('host.ping')",
    options: { answers: { "host.call": () => ({ result: { ok: true } }) } },
    result: { ok: true },
  },
  { name: "without a name", body: "Host.call('  ')", fails: /non-empty tool name/ },
  { name: "with a list", body: "Host.call('x', {1})", fails: /named arguments/ },
  { name: "refused", body: "Host.call('rm', {})", options: refusing, fails: "tool-denied" },
  {
    name: "refused and caught",
    body: "local ok, e = pcall(Host.call, 'rm', {}); return {ok, e}",
    options: refusing,
    result: [false, "Tool not allowlisted: rm"],
  },
];

test.for(cases)("$name", (program) => {
  expectProgram(program);
});

test("a call is two events of the zone host, and a checkpoint", () => {
  const { events } = expectProgram({
    name: "",
    body: "return Host.call('host.ping', {value = 1}).value",
    options: { answers: { "host.call": (params) => ({ result: params["arguments"] ?? null }) } },
    result: 1,
  });
  expect(events).toMatchObject([
    {
      type: "tool.called",
      tool: "host.ping",
      zone: "host",
      by: "procedure",
      arguments: { value: 1 },
      at: { line: 3 },
    },
    { type: "tool.returned", result: { value: 1 } },
    { type: "checkpoint", kind: "host", name: "host.ping", value: { value: 1 } },
  ]);
});
