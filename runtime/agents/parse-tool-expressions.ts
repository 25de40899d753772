import { type Decoded, DecodedHandle, isDecodedTable } from "../schema/decoded.ts";
import { TableReader } from "../schema/table-reader.ts";
import { readSelection } from "../tools/select-tools.ts";
import type { InlineTool, ToolExpression } from "./agent-definition.ts";
import { parseInlineTool } from "./inline-tool.ts";

/** Reads `tools`; undefined when the agent does not say, so that it gets the default tools. */
export function readTools(agent: TableReader, owner: string): readonly ToolExpression[] | undefined {
  return agent
    .list("tools")
    ?.flatMap((item, index) => readExpression(agent, item, `${owner}, tools[${index + 1}]`));
}

function readExpression(agent: TableReader, item: Decoded, owner: string): ToolExpression[] {
  if (typeof item === "string" || item instanceof DecodedHandle) return [{ target: item }];
  if (!isDecodedTable(item)) {
    agent.fail("tools", 'must hold names, handles of tools, or tables such as {name = "x", include = {…}}.');
    return [];
  }
  const reader = new TableReader(item, owner, agent.failures);
  if (reader.has("handler")) {
    agent.fail("tools", "holds a tool with a handler; such tools belong in 'inline_tools'.");
    return [];
  }
  const target = item["name"] instanceof DecodedHandle ? item["name"] : reader.text("name");
  if (target === undefined) {
    reader.fail("name", "is required.");
    return [];
  }
  return [{ target, ...readSelection(reader) }];
}

/** Reads `inline_tools`; as in the original, entries without a name are skipped, without a function ignored. */
export function readInlineTools(agent: TableReader): readonly InlineTool[] {
  const items = agent.list("inline_tools") ?? [];
  return items.flatMap((item) => {
    if (!isDecodedTable(item)) {
      agent.fail("inline_tools", "must be a list of tables.");
      return [];
    }
    const tool = parseInlineTool(item);
    if (!tool.ok) {
      for (const failure of tool.error) agent.fail("inline_tools", `: ${failure}`);
      return [];
    }
    return tool.value ? [tool.value] : [];
  });
}
