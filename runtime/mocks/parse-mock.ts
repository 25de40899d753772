import { isJsonObject, type Json, type JsonObject } from "#common/json.ts";
import { fail, ok, type Result } from "#common/result.ts";
import {
  type Decoded,
  DecodedHandle,
  type DecodedTable,
  decodedItems,
  decodedJson,
  isDecodedList,
  isDecodedTable,
} from "../schema/decoded.ts";
import type {
  AgentMock,
  AgentMockTurn,
  ConditionalCase,
  MockEntry,
  MockedToolCall,
  ToolMock,
} from "./mock-entry.ts";

const agentKeys = ["message", "tool_calls", "data", "usage", "run_tools"];
const forms =
  "message, tool_calls, data, temporal (an agent) or returns, temporal, conditional, error (a tool)";

/** A table that does not have the shape its key asks for; becomes a failure of `parseMock`. */
class MalformedMock extends Error {}

/**
 * Reads one entry. Its keys say what it mocks; an entry with `temporal` alone can be either, so it gets both readings
 * where both are possible. The failure is a sentence that names the entry.
 */
export function parseMock(name: string, declared: Decoded): Result<MockEntry, string> {
  try {
    return ok(readEntry(declared));
  } catch (thrown) {
    if (thrown instanceof MalformedMock) return fail(`Mock '${name}': ${thrown.message}`);
    throw thrown;
  }
}

function readEntry(declared: Decoded): MockEntry {
  const table = tableOf(declared, "the entry");
  if (agentKeys.some((key) => table[key] !== undefined)) return { agent: readAgent(table) };
  if (table["returns"] !== undefined) {
    return { tool: { kind: "returns", value: plainData(table["returns"], "returns") } };
  }
  if (table["temporal"] !== undefined) return readTemporalAlone(table);
  if (table["conditional"] !== undefined) return { tool: readConditional(table["conditional"]) };
  if (table["error"] !== undefined)
    return { tool: { kind: "error", message: textOf(table["error"], "error") } };
  throw new MalformedMock(`needs one of ${forms}.`);
}

function readTemporalAlone(table: DecodedTable): MockEntry {
  const tool: ToolMock = {
    kind: "temporal",
    values: listOf(table["temporal"], "temporal").map((value) => plainData(value, "temporal")),
  };
  const turnLike = tool.values.every(
    (value) =>
      isJsonObject(value) &&
      (typeof value["message"] === "string" || "tool_calls" in value || "data" in value),
  );
  return turnLike ? { tool, agent: readAgent(table) } : { tool };
}

function readAgent(table: DecodedTable): AgentMock {
  const temporal = table["temporal"] === undefined ? [] : listOf(table["temporal"], "temporal");
  return {
    ...readTurn(table, ""),
    temporal: temporal.map((item, index) => {
      const label = `temporal[${index + 1}]`;
      const turn = tableOf(item, label);
      const whenMessage = turn["when_message"];
      return {
        ...readTurn(turn, `${label}.`),
        ...(whenMessage === undefined ? {} : { whenMessage: textOf(whenMessage, `${label}.when_message`) }),
      };
    }),
  };
}

function readTurn(table: DecodedTable, prefix: string): AgentMockTurn {
  const { message, tool_calls: toolCalls, data, run_tools: runTools } = table;
  const output = data === undefined ? undefined : objectOf(data, `${prefix}data`);
  return {
    ...(message === undefined ? {} : { message: textOf(message, `${prefix}message`) }),
    ...(toolCalls === undefined ? {} : { toolCalls: readToolCalls(toolCalls, `${prefix}tool_calls`) }),
    ...(output && Object.keys(output).length > 0 ? { data: output } : {}),
    ...(runTools === undefined ? {} : { runTools: booleanOf(runTools, `${prefix}run_tools`) }),
  };
}

function readToolCalls(declared: Decoded, label: string): readonly MockedToolCall[] {
  return listOf(declared, label).map((item, index) => {
    const call = tableOf(item, `${label}[${index + 1}]`);
    const tool = call["tool"] instanceof DecodedHandle ? call["tool"].name : call["tool"];
    return {
      tool: textOf(tool, `${label}[${index + 1}].tool`),
      arguments: objectOf(call["args"] ?? {}, `${label}[${index + 1}].args`),
    };
  });
}

function readConditional(declared: Decoded): ToolMock {
  const cases = listOf(declared, "conditional").map((item, index): ConditionalCase => {
    const label = `conditional[${index + 1}]`;
    const table = tableOf(item, label);
    return {
      when: objectOf(table["when"] ?? {}, `${label}.when`),
      value: plainData(table["returns"], `${label}.returns`),
    };
  });
  return { kind: "conditional", cases };
}

function tableOf(value: Decoded, label: string): DecodedTable {
  if (isDecodedTable(value)) return value;
  throw new MalformedMock(`${label} must be a table.`);
}

function listOf(value: Decoded, label: string): readonly Decoded[] {
  if (isDecodedList(value)) return decodedItems(value);
  throw new MalformedMock(`${label} must be a list.`);
}

function textOf(value: Decoded, label: string): string {
  if (typeof value === "string") return value;
  throw new MalformedMock(`${label} must be a text.`);
}

function booleanOf(value: Decoded, label: string): boolean {
  if (typeof value === "boolean") return value;
  throw new MalformedMock(`${label} must be true or false.`);
}

function objectOf(value: Decoded, label: string): JsonObject {
  const data = plainData(isDecodedTable(value) ? value : undefined, label);
  return isJsonObject(data) ? data : {};
}

function plainData(value: Decoded, label: string): Json {
  const data = decodedJson(value);
  if (data !== undefined) return data;
  throw new MalformedMock(`${label} must be plain data.`);
}
