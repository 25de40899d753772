import { expect, test } from "vitest";
import { chatTurns } from "./chat-parts.ts";

test("each kind of message becomes a turn of a role that the editor knows", () => {
  const turns = chatTurns({
    messages: [
      { role: "system", text: "Be short." },
      { role: "user", text: "Where is A-1?" },
      { role: "assistant", text: "", toolCalls: [{ id: "c1", tool: "find", arguments: { id: "A-1" } }] },
      { role: "tool", callId: "c1", tool: "find", result: { days: 2 }, failed: false },
      { role: "assistant", text: "In two days.", toolCalls: [] },
    ],
  });
  expect(turns).toEqual([
    { role: "user", parts: [{ kind: "text", text: "Be short." }] },
    { role: "user", parts: [{ kind: "text", text: "Where is A-1?" }] },
    { role: "assistant", parts: [{ kind: "call", id: "c1", tool: "find", arguments: { id: "A-1" } }] },
    { role: "user", parts: [{ kind: "result", callId: "c1", text: '{"days":2}' }] },
    { role: "assistant", parts: [{ kind: "text", text: "In two days." }] },
  ]);
});

test("an output schema is asked for in words at the end", () => {
  const last = chatTurns({ messages: [{ role: "user", text: "x" }], outputSchema: { type: "object" } }).at(
    -1,
  );
  expect(last).toMatchObject({
    role: "user",
    parts: [{ text: expect.stringContaining('{"type":"object"}') }],
  });
});
