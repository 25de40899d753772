import type { Json } from "#common/json.ts";

/** Tokens that a scripted answer reports. */
export interface ScriptedUsage {
  readonly input: number;
  readonly output: number;
}

/** A tool call of a scripted answer; `arguments` as text is sent as it is, so that it can be malformed. */
export interface ScriptedToolCall {
  readonly name: string;
  readonly arguments: Json;
  /** As the provider names the call; absent: one of its own for each. */
  readonly id?: string;
}

/** A page that a search of the web found. */
export interface ScriptedPage {
  readonly url: string;
  readonly title: string;
}

/** One event of a stream: its name, where the wire has names, and its data. */
export interface WireEvent {
  readonly event?: string;
  readonly data: Json | string;
}

/** How one provider's wire says the parts of an answer. */
export interface Wire {
  begin(model: string): WireEvent[];
  /** Pieces of text, as one part of the answer. */
  text(pieces: readonly string[]): WireEvent[];
  toolCall(index: number, call: ScriptedToolCall): WireEvent[];
  /** A search of the web that the provider ran, and the pages that it found; absent: the wire has none. */
  webSearch?(pages: readonly ScriptedPage[]): WireEvent[];
  end(reason: "stop" | "tools", usage: ScriptedUsage): WireEvent[];
}

/** The wires by the end of the path that a client posts to. */
export const wires: Readonly<Record<string, () => Wire>> = {
  "/chat/completions": chatCompletions,
  "/responses": responses,
  "/messages": anthropicMessages,
};

function argumentPieces(call: ScriptedToolCall): string[] {
  const text = typeof call.arguments === "string" ? call.arguments : JSON.stringify(call.arguments);
  const middle = Math.ceil(text.length / 2);
  return [text.slice(0, middle), text.slice(middle)];
}

function chatCompletions(): Wire {
  const chunk = (delta: Json, finish: string | null = null): WireEvent => ({
    data: {
      id: "chat-1",
      object: "chat.completion.chunk",
      created: 1,
      model: "scripted",
      choices: [{ index: 0, delta, finish_reason: finish }],
    },
  });
  return {
    begin: () => [chunk({ role: "assistant", content: "" })],
    text: (pieces) => pieces.map((content) => chunk({ content })),
    toolCall: (index, call) => {
      const [first = "", ...rest] = argumentPieces(call);
      const head = {
        index,
        id: call.id ?? `call-${index}`,
        type: "function",
        function: { name: call.name, arguments: first },
      };
      const tail = rest.map((piece) => chunk({ tool_calls: [{ index, function: { arguments: piece } }] }));
      return [chunk({ tool_calls: [head] }), ...tail];
    },
    end: (reason, { input, output }) => [
      chunk({}, reason === "stop" ? "stop" : "tool_calls"),
      {
        data: {
          id: "chat-1",
          object: "chat.completion.chunk",
          created: 1,
          model: "scripted",
          choices: [],
          usage: { prompt_tokens: input, completion_tokens: output, total_tokens: input + output },
        },
      },
      { data: "[DONE]" },
    ],
  };
}

function responses(): Wire {
  let outputIndex = 0;
  const send = (data: { type: string } & Record<string, Json>): WireEvent => ({ event: data.type, data });
  return {
    begin: (model) => [send({ type: "response.created", response: { id: "resp-1", created_at: 1, model } })],
    text: (pieces) => {
      const output_index = outputIndex++;
      const id = `msg-${output_index}`;
      const item = { type: "message", id, role: "assistant", status: "completed", content: [] };
      return [
        send({ type: "response.output_item.added", output_index, item }),
        ...pieces.map((delta) =>
          send({ type: "response.output_text.delta", item_id: id, output_index, content_index: 0, delta }),
        ),
        send({ type: "response.output_item.done", output_index, item }),
      ];
    },
    toolCall: (index, call) => {
      const output_index = outputIndex++;
      const pieces = argumentPieces(call);
      const item = {
        type: "function_call",
        id: `fc-${index}`,
        call_id: call.id ?? `call-${index}`,
        name: call.name,
      };
      const whole = { ...item, arguments: pieces.join(""), status: "completed" };
      return [
        send({ type: "response.output_item.added", output_index, item: { ...item, arguments: "" } }),
        ...pieces.map((delta) =>
          send({ type: "response.function_call_arguments.delta", item_id: item.id, output_index, delta }),
        ),
        send({ type: "response.output_item.done", output_index, item: whole }),
      ];
    },
    webSearch: (pages) => {
      const output_index = outputIndex++;
      const item = { type: "web_search_call", id: `ws-${output_index}`, status: "completed" };
      const action = { type: "search", query: "scripted" };
      return [
        send({ type: "response.output_item.added", output_index, item: { ...item, status: "in_progress" } }),
        send({ type: "response.output_item.done", output_index, item: { ...item, action } }),
        ...pages.map((page, annotation_index) =>
          send({
            type: "response.output_text.annotation.added",
            item_id: "msg-0",
            output_index,
            content_index: 0,
            annotation_index,
            annotation: { type: "url_citation", start_index: 0, end_index: 1, ...page },
          }),
        ),
      ];
    },
    end: (_reason, { input, output }) => [
      send({
        type: "response.completed",
        response: {
          id: "resp-1",
          incomplete_details: null,
          usage: { input_tokens: input, output_tokens: output, total_tokens: input + output },
        },
      }),
    ],
  };
}

function anthropicMessages(): Wire {
  let blocks = 0;
  const send = (data: { type: string } & Record<string, Json>): WireEvent => ({ event: data.type, data });
  const block = (content: Json, deltas: readonly Json[]): WireEvent[] => {
    const index = blocks++;
    return [
      send({ type: "content_block_start", index, content_block: content }),
      ...deltas.map((delta) => send({ type: "content_block_delta", index, delta })),
      send({ type: "content_block_stop", index }),
    ];
  };
  return {
    begin: (model) => [
      send({
        type: "message_start",
        message: {
          id: "msg-1",
          type: "message",
          role: "assistant",
          model,
          content: [],
          stop_reason: null,
          stop_sequence: null,
          usage: { input_tokens: 0, output_tokens: 0 },
        },
      }),
    ],
    text: (pieces) =>
      block(
        { type: "text", text: "" },
        pieces.map((text) => ({ type: "text_delta", text })),
      ),
    toolCall: (index, call) =>
      block(
        { type: "tool_use", id: call.id ?? `call-${index}`, name: call.name, input: {} },
        argumentPieces(call).map((piece) => ({ type: "input_json_delta", partial_json: piece })),
      ),
    end: (reason, { input, output }) => {
      const stop = reason === "stop" ? "end_turn" : "tool_use";
      return [
        send({
          type: "message_delta",
          delta: { stop_reason: stop, stop_sequence: null },
          usage: { input_tokens: input, output_tokens: output },
        }),
        send({ type: "message_stop" }),
      ];
    },
  };
}
