import { describe, expect, test } from "vitest";
import type { StartMessage } from "#protocol/wire/messages.ts";
import { expectProgram } from "../testing/expect-program.ts";

const add =
  'add = Tool { description = "Adds", input = { a = field.number{required = true} }, function(args) return args.a + 1 end }';

const file = (source: string): { readonly modules: StartMessage["modules"] } => ({
  modules: { "tools.sums": { file: "tools/sums.tac", source } },
});

describe("the tool of another file", () => {
  const cases = [
    { name: "declared as a global of it", source: add },
    { name: "returned by it", source: `return ${add.replace("add = Tool {", 'Tool { name = "plus",')}` },
    { name: "that is declared twice: the later", source: `${add.replace("+ 1", "+ 9")}\n${add}` },
    { name: "that was required before", source: add, before: 'require("tools.sums")\n' },
    { name: "that is taken twice", source: add, before: 'other = Tool { use = "./tools/sums.tac" }\n' },
    { name: "with the older word", source: add, use: "source" },
  ];

  test.for(cases)("$name", ({ source, before = "", use = "use" }) => {
    const { events } = expectProgram({
      name: "",
      declare: `${before}sum = Tool { ${use} = "./tools/sums.tac" }`,
      body: "return { value = sum({ a = 1 }), name = sum.name, calls = sum.call_count() }",
      options: file(source),
      result: { value: 2, name: "sum", calls: 1 },
    });
    expect(events.find(({ type }) => type === "tool.called")).toMatchObject({ tool: "sum", zone: "lua" });
  });

  test.for([
    { own: "", description: "Adds" },
    { own: ', description = "Mine"', description: "Mine" },
  ])("is offered to an agent under the name of the declaration$own", ({ own, description }) => {
    const usage = { inputTokens: 1, outputTokens: 1, totalTokens: 2 };
    const answer = { text: "ok", toolCalls: [], finishReason: "stop", usage, cost: 0 };
    const { requests } = expectProgram({
      name: "",
      declare: `sum = Tool { use = "./tools/sums.tac"${own} }
        writer = Agent { provider = "openai", model = "m", system_prompt = "s", tools = { sum } }`,
      body: "writer('go') return 1",
      options: { ...file(add), answers: { "model.generate": () => answer } },
      result: 1,
    });
    const parameters = { properties: { a: { type: "number" } }, required: ["a"] };
    expect(requests[0]?.params["tools"]).toMatchObject([{ name: "sum", description, parameters }]);
  });

  test("is one of a toolset that names it", () => {
    expectProgram({
      name: "",
      declare: 'Toolset "t" { type = "lua", tools = { { name = "inner", use = "./tools/sums.tac" } } }',
      body: "return Toolset.get('t') ~= nil",
      options: file(add),
      result: true,
    });
  });

  test.for([
    { name: "none", source: "return {}", message: /sums\.tac declares no tools of its own/ },
    {
      name: "several",
      source: `${add}\n${add.replace("add", "subtract")}`,
      message: /several tools \(add, subtract\).*Toolset "<name>" \{ use = "\.\/tools\/sums\.tac" \}/,
    },
  ])("of which there is $name", ({ source, message }) => {
    const { finished } = expectProgram({
      name: "",
      declare: '\nsum = Tool { use = "./tools/sums.tac" }',
      body: "return 1",
      options: file(source),
      fails: message,
    });
    expect(finished.error).toMatchObject({ code: "declaration-invalid", file: "main.tac", line: 2 });
  });

  test("that is not there", () => {
    expectProgram({
      name: "",
      declare: 'sum = Tool { use = "./gone.tac" }',
      body: "return 1",
      options: { answers: { "module.read": () => ({ module: null }) } },
      fails: "module-not-found",
    });
  });
});

describe("a program of the machine", () => {
  test.for(['list = Tool { use = "cli.ls" }', 'Toolset "list" { use = "cli.ls" }'])(
    "is refused when it is declared, with what to do instead: %s",
    (declare) => {
      const { finished } = expectProgram({
        name: "",
        declare: `\n${declare}`,
        body: "return 1",
        fails: /would start the program 'ls'.*host tool with a command.*broker\./,
      });
      expect(finished.error).toMatchObject({ code: "declaration-invalid", file: "main.tac", line: 2 });
    },
  );

  test("can be declared and mocked in a mocked run", () => {
    expectProgram({
      name: "",
      declare: 'list = Tool { use = "cli.ls" }\nMocks { list = { returns = "a.txt" } }',
      body: "return list({})",
      options: { mock: true },
      result: "a.txt",
    });
  });
});
