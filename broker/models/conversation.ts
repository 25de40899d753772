import type { AssistantModelMessage, ModelMessage, ToolModelMessage } from "ai";
import type { Json } from "#common/json.ts";
import type { ChatMessage } from "#protocol/wire/requests.ts";
import type { ToolNames } from "./tool-names.ts";

type AssistantMessage = Extract<ChatMessage, { role: "assistant" }>;
type ToolMessage = Extract<ChatMessage, { role: "tool" }>;

/**
 * The conversation as the `ai` package takes it. System messages come first: several providers take them nowhere
 * else, and their weight does not depend on their place.
 */
export function modelMessages(messages: readonly ChatMessage[], names: ToolNames): ModelMessage[] {
  const system = messages.filter((message) => message.role === "system");
  const others = messages.filter((message) => message.role !== "system");
  return [...system, ...others].flatMap((message) => modelMessage(message, names));
}

function modelMessage(message: ChatMessage, names: ToolNames): ModelMessage[] {
  switch (message.role) {
    case "assistant":
      return assistantMessage(message, names);
    case "tool":
      return [toolMessage(message, names)];
    case "system":
    case "user":
      return [{ role: message.role, content: message.text }];
  }
}

/** A turn in which the model said and called nothing is left out: providers refuse empty messages. */
function assistantMessage({ text, toolCalls }: AssistantMessage, names: ToolNames): AssistantModelMessage[] {
  const calls = toolCalls.map(({ id, tool, arguments: input }) => ({
    type: "tool-call" as const,
    toolCallId: id,
    toolName: names.forProvider(tool),
    input,
  }));
  const said = text === "" ? [] : [{ type: "text" as const, text }];
  return said.length + calls.length === 0 ? [] : [{ role: "assistant", content: [...said, ...calls] }];
}

function toolMessage({ callId, tool, result, failed }: ToolMessage, names: ToolNames): ToolModelMessage {
  const output = { type: failed ? ("error-text" as const) : ("text" as const), value: textOf(result) };
  return {
    role: "tool",
    content: [{ type: "tool-result", toolCallId: callId, toolName: names.forProvider(tool), output }],
  };
}

function textOf(result: Json): string {
  return typeof result === "string" ? result : JSON.stringify(result);
}
