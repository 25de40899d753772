import { expect, test } from "vitest";
import { yamlDefinition } from "./definition.ts";
import { sampleProcedure, yamlDesk } from "./testing/yaml-desk.ts";
import type { YamlContext } from "./yaml-context.ts";

const own = `mcp_servers:
  files: { command: ./files }
providers:
  local: { kind: openai }
host_tools:
  tools:
    git.status: { command: [git] }
tool_paths: [./plugins]
`;

function definition(text: string, more: Partial<YamlContext> = {}): string[] {
  const { document, position, context } = yamlDesk({ "~/.tactus/config.yml": own, "a.tac.yml": text }, more);
  return yamlDefinition(document, position, context).map(
    ({ uri, range }) => `${uri.split("/").at(-1)}:${range.start.line}:${range.start.character}`,
  );
}

test.for<[string, readonly string[]]>([
  ["host_tools: { allow: [git.sta‸tus] }", ["config.yml:6:4"]],
  ["default_toolsets: [fi‸les]", ["config.yml:1:2"]],
  ["default_toolsets: [plug‸in]", ["config.yml:7:0"]],
  ["default_provider: lo‸cal", ["config.yml:3:2"]],
  ["mcp_servers: { fi‸les: { broker: true } }", ["config.yml:1:2"]],
  ["mcp_servers: { fi‸les: { command: ./other } }", ["a.tac.yml:0:15"]],
  ["host_tools: { allow: [t], tools: { ‸t: { command: [a] } } }", ["a.tac.yml:0:22"]],
  ["default_provider: ope‸nai", []],
  ["sandbox: { network: no‸ne }", []],
])("%j", ([text, places]) => {
  expect(definition(text)).toEqual(places);
});

test("an input leads to its declaration", () => {
  const procedure = { procedure: sampleProcedure, procedureUri: "file:///work/a.tac" };
  expect(definition("inputs:\n  to‸pic: x", procedure)).toEqual(["a.tac:4:4"]);
  expect(definition("inputs:\n  topic: x‸y", procedure)).toEqual(["a.tac:4:4"]);
  expect(definition("inputs:\n  othe‸r: x", procedure)).toEqual([]);
});

test("a toolset of the procedure leads to the procedure", () => {
  const range = { start: { line: 7, character: 0 }, end: { line: 7, character: 8 } };
  const declarationOf = (name: string) =>
    name === "research" ? { uri: "file:///work/a.tac", range } : undefined;
  expect(definition("default_toolsets: [rese‸arch]", { declarationOf })).toEqual(["a.tac:7:0"]);
});
