import { type OfferedTool, recordedName, type ToolSource } from "../tools/offered-tool.ts";
import { selectTools } from "../tools/select-tools.ts";
import type { AgentDefinition, ToolExpression } from "./agent-definition.ts";
import { AgentFailure } from "./agent-failure.ts";
import { inlineTool } from "./inline-tool.ts";

/**
 * All tools of an agent: what it declares, or the default ones, and its inline tools. Throws AgentFailure for a name
 * that is nowhere; with `onMissing` (a mocked run, which asks no server) that is told instead, and it stands for none.
 */
export function toolsOfAgent(
  definition: AgentDefinition,
  source: ToolSource,
  onMissing?: (target: string) => void,
): readonly OfferedTool[] {
  const declared = definition.tools?.flatMap((expression) =>
    resolveExpression(definition.name, expression, source, onMissing),
  );
  const inline = definition.inlineTools.map((tool) => inlineTool(definition.name, tool));
  return withoutRepeats(definition.name, [...(declared ?? source.defaults()), ...inline]);
}

function resolveExpression(
  agent: string,
  expression: ToolExpression,
  source: ToolSource,
  onMissing: ((target: string) => void) | undefined,
): readonly OfferedTool[] {
  const target = typeof expression.target === "string" ? expression.target : expression.target.name;
  const found = source.find(target);
  if (!found && onMissing) {
    onMissing(target);
    return [];
  }
  if (!found) {
    const known = source.names().join(", ") || "none";
    throw new AgentFailure(
      "declaration-invalid",
      `Agent '${agent}': there is no tool or toolset '${target}'. Declared are: ${known}.`,
    );
  }
  return selectTools(found, expression);
}

/** The same tool named twice is offered once; two tools under one name are an error. */
function withoutRepeats(agent: string, tools: readonly OfferedTool[]): readonly OfferedTool[] {
  const byName = new Map<string, OfferedTool>();
  for (const tool of tools) {
    const other = byName.get(tool.name);
    if (other && recordedName(other) !== recordedName(tool)) {
      throw new AgentFailure(
        "declaration-invalid",
        `Agent '${agent}': '${recordedName(other)}' and '${recordedName(tool)}' would both be offered as '${tool.name}'.`,
      );
    }
    if (!other) byName.set(tool.name, tool);
  }
  return [...byName.values()];
}

/**
 * The tools of one turn. `requested` names tools (as offered or as declared) or toolsets; undefined means all, an
 * empty list none. A name that fits none of the agent's tools is an error: a restriction that can't be understood
 * must not become "everything". An agent without tools of its own is given those of the file that its turns name.
 * Throws AgentFailure `tool-denied`.
 */
export function toolsOfTurn(
  agent: string,
  tools: readonly OfferedTool[],
  requested: readonly string[] | undefined,
  source: ToolSource,
): readonly OfferedTool[] {
  if (!requested) return tools;
  const chosen = new Set(requested.flatMap((name) => toolsCalled(agent, tools, name, source)));
  return tools.length === 0 ? withoutRepeats(agent, [...chosen]) : tools.filter((tool) => chosen.has(tool));
}

function toolsCalled(
  agent: string,
  tools: readonly OfferedTool[],
  name: string,
  source: ToolSource,
): readonly OfferedTool[] {
  const direct = tools.filter((tool) => tool.name === name || recordedName(tool) === name);
  if (direct.length > 0) return direct;
  const members = new Set((source.find(name) ?? []).map(recordedName));
  const ofToolset = tools.filter((tool) => members.has(recordedName(tool)));
  if (ofToolset.length > 0) return ofToolset;
  const found = tools.length === 0 ? source.find(name) : undefined;
  if (found) return found;
  const available = tools.map((tool) => tool.name).join(", ") || "none";
  throw new AgentFailure(
    "tool-denied",
    `Agent '${agent}' has no tool '${name}' to use in this turn. Its tools are: ${available}.`,
  );
}
