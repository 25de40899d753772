import { isJsonObject, type Json, type JsonObject } from "#common/json.ts";
import type { ChatMessage, GenerateParams } from "#protocol/wire/requests.ts";

/** A message in the shape of the editor's language models, before their classes are made of it. */
export interface ChatTurn {
  readonly role: "user" | "assistant";
  readonly parts: readonly ChatPart[];
}

export type ChatPart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "call"; readonly id: string; readonly tool: string; readonly arguments: JsonObject }
  | { readonly kind: "result"; readonly callId: string; readonly text: string };

/**
 * The conversation as the editor's models take it. They know no system role and no output schema, so both are said
 * in words, by the user.
 */
export function chatTurns({
  messages,
  outputSchema,
}: Pick<GenerateParams, "messages" | "outputSchema">): ChatTurn[] {
  const turns = messages.map(turnOf);
  if (outputSchema === undefined) return turns;
  const text = `Answer with one JSON value and nothing else. It must fit this JSON Schema:\n${JSON.stringify(outputSchema)}`;
  return [...turns, { role: "user", parts: [{ kind: "text", text }] }];
}

function turnOf(message: ChatMessage): ChatTurn {
  switch (message.role) {
    case "system":
    case "user":
      return { role: "user", parts: [{ kind: "text", text: message.text }] };
    case "assistant":
      return {
        role: "assistant",
        parts: [
          ...(message.text ? [{ kind: "text" as const, text: message.text }] : []),
          ...message.toolCalls.map(({ id, tool, arguments: given }) => ({
            kind: "call" as const,
            id,
            tool,
            arguments: isJsonObject(given) ? given : {},
          })),
        ],
      };
    case "tool":
      return {
        role: "user",
        parts: [{ kind: "result", callId: message.callId, text: resultText(message.result) }],
      };
  }
}

function resultText(result: Json): string {
  return typeof result === "string" ? result : JSON.stringify(result);
}
