import { describe, expect, test } from "vitest";
import { parseAgent } from "#runtime/agents/parse-agent.ts";
import { parseMock } from "#runtime/mocks/parse-mock.ts";
import { type Decoded, DecodedFunction } from "#runtime/schema/decoded.ts";
import { buildField } from "#runtime/schema/field-schema.ts";
import { runSource } from "#runtime/testing/run-source.ts";
import { mockFields } from "#vocabulary/declarations/interaction.ts";
import { inlineToolFields, toolExpressionFields } from "#vocabulary/declarations/tool.ts";
import { declarations } from "#vocabulary/declarations.ts";
import type { FieldEntry } from "#vocabulary/entries.ts";
import { evaluatorBuilders, fieldBuilders, fieldOptions } from "#vocabulary/fields.ts";
import { handles } from "#vocabulary/handles.ts";
import { historyFilters } from "#vocabulary/history-filters.ts";
import { standardModules } from "#vocabulary/modules.ts";
import { primitives } from "#vocabulary/primitives.ts";
import { fileSettings, scriptSchemas } from "#vocabulary/settings.ts";
import { contextDirectives, matchers } from "#vocabulary/templates.ts";

/** The vocabulary says what the runtime has: each word of it is looked up in a real run. */

/** Of some Lua expressions those that are nil or raise, at the top of a file or inside its procedure. */
function missing(
  expressions: readonly string[],
  place: "file" | "procedure",
  prelude = "",
): readonly string[] {
  const checks = expressions.map(
    (text) =>
      `do local ok, value = pcall(function() return ${text} end); if not ok or value == nil then print(${JSON.stringify(text)}) end end`,
  );
  const body = checks.join("\n");
  const source =
    place === "file"
      ? `${prelude}\n${body}\nProcedure { function() return {} end }`
      : `${prelude}\nProcedure { function()\n${body}\nreturn {} end }`;
  const { finished, events } = runSource(source, { mock: true });
  expect(finished).toMatchObject({ status: "completed" });
  return events.flatMap((event) => (event.type === "output" ? [event.text.trim()] : []));
}

const memberNames = (table: string, members: readonly { readonly name: string }[]): string[] =>
  members.map((member) => `${table}.${member.name}`);

describe("globals", () => {
  test("a file can use every declaration, setting, builder and directive", () => {
    const words = [...declarations, ...fileSettings, ...scriptSchemas, ...contextDirectives, ...matchers];
    const members = [
      ...memberNames("field", [...fieldBuilders, ...evaluatorBuilders]),
      ...memberNames("filters", historyFilters),
    ];
    expect(missing([...words.map((word) => word.name), ...members], "file")).toEqual([]);
  });

  test("a procedure can use every primitive that runs today, with every function of it", () => {
    const present = primitives.filter((primitive) => primitive.status !== "declared");
    const functions = present.flatMap((primitive) =>
      memberNames(
        primitive.name,
        primitive.functions.filter((entry) => entry.status !== "declared"),
      ),
    );
    expect(missing([...present.map((primitive) => primitive.name), ...functions], "procedure")).toEqual([]);
  });

  test("a word that is nowhere is noticed", () => {
    expect(missing(["Nothing", "File.vanish"], "procedure")).toEqual(["Nothing", "File.vanish"]);
  });
});

describe("standard library", () => {
  const runs = standardModules.filter((module) => module.status !== "declared").map((module) => module.name);
  const later = standardModules.filter((module) => module.status === "declared").map((module) => module.name);

  test.for(runs)("%s can be required", (name) => {
    expect(
      runSource(`local m = require("${name}")\nProcedure { function() return {} end }`).finished.status,
    ).toBe("completed");
  });

  test.for(later)("%s says that it is not there", (name) => {
    const { finished } = runSource(`local m = require("${name}")\nProcedure { function() return {} end }`);
    expect(finished).toMatchObject({ status: "failed", error: { message: expect.stringContaining(name) } });
  });
});

test("handles have the members that the vocabulary lists", () => {
  const prelude = `
    tool = Tool { input = {}, function() return 1 end }
    agent = Agent { provider = "openai", model = "m", system_prompt = "x" }
    Mocks { agent = { message = "hi" } }`;
  const setup = "(function() agent('x'); return agent end)()";
  const expressions = handles
    .filter(({ name }) => name === "tool" || name === "agent" || name === "turn")
    .flatMap(({ name, members }) =>
      memberNames(name === "tool" ? "tool" : name === "agent" ? setup : "agent('x')", members),
    );
  expect(missing(expressions, "procedure", prelude)).toEqual([]);
});

/** A value that the field must refuse, or accept. */
function sample(field: FieldEntry): Decoded {
  const [type] = field.types;
  if (field.values) return field.values[0];
  const samples: Record<string, Decoded> = {
    text: "x",
    number: 1,
    integer: 1,
    boolean: true,
    list: [],
    table: {},
    function: new DecodedFunction(() => null),
    schema: field.name === "items" ? "string" : {},
  };
  return samples[type ?? "any"];
}

describe("fields of tables", () => {
  test("each option of a field survives the builder, under its own name", () => {
    const options = Object.fromEntries(
      fieldOptions.map((option) => [option.name, option.name === "enum" ? ["x"] : sample(option)]),
    );
    const built = buildField("string", { ...options, default: "x", required: false });
    const names = fieldOptions.filter((option) => !option.aliasOf).map((option) => option.name);
    expect(built.ok && Object.keys(built.value).sort()).toEqual([...names, "type"].sort());
  });

  test.for(mockFields.filter((field) => field.status !== "declared"))(
    "a mock with $name of a wrong type is refused, or any type fits",
    (field) => {
      const wrong: Decoded = field.types.includes("any") ? new DecodedFunction(() => null) : 5;
      const parsed = parseMock("m", { [field.name]: wrong });
      expect(!parsed.ok && parsed.error).toContain(field.name);
    },
  );

  test.for(toolExpressionFields)("a tool expression with $name of a wrong type is refused", ({ name }) => {
    const agent = { provider: "p", system_prompt: "x", tools: [{ name: "t", [name]: 5 }] };
    const parsed = parseAgent("a", agent, {});
    expect(!parsed.ok && parsed.error.join()).toContain(`'${name}'`);
  });

  test("an inline tool takes the listed fields", () => {
    const tool = Object.fromEntries(inlineToolFields.map((field) => [field.name, sample(field)]));
    const parsed = parseAgent("a", { provider: "p", system_prompt: "x", inline_tools: [tool] }, {});
    const read = parsed.ok ? parsed.value.inlineTools[0] : undefined;
    expect(Object.keys(read ?? {}).sort()).toEqual(inlineToolFields.map((field) => field.name).sort());
  });
});
