import { expect, test } from "vitest";
import type { Json } from "#common/json.ts";
import { maximumFrameBytes } from "#protocol/wire/limits.ts";
import type { WorkerAnswer } from "../bridge/worker-messages.ts";
import { RequestRefused } from "../ports.ts";
import { InsideDesk } from "./inside-desk.ts";

/** What the desk answers when `plugin.list` does this. */
async function answerTo(list: () => Promise<Json>): Promise<readonly WorkerAnswer[]> {
  const answers: WorkerAnswer[] = [];
  const other = async () => null;
  const handlers = { "plugin.list": list, "plugin.call": other, "mcp.list": other, "mcp.call": other };
  const desk = new InsideDesk(handlers, (answer) => answers.push(answer));
  await desk.serve({ kind: "inside-request", id: 7, method: "plugin.list", params: {} });
  return answers;
}

test.for<[string, () => Promise<Json>, object]>([
  ["an answer", async () => ({ tools: [] }), { kind: "answer", value: { tools: [] } }],
  [
    "a refusal",
    () => Promise.reject(new RequestRefused("plugin-crashed", "gone")),
    { kind: "refusal", code: "plugin-crashed", message: "gone" },
  ],
  [
    "a fault of ours",
    () => Promise.reject(new TypeError("x is undefined")),
    { kind: "refusal", code: "internal-error", message: "x is undefined" },
  ],
  [
    "an answer that is too large",
    async () => "x".repeat(maximumFrameBytes),
    { kind: "refusal", code: "answer-too-large" },
  ],
])("%s", async ([, list, expected]) => {
  expect(await answerTo(list)).toMatchObject([{ id: 7, ...expected }]);
});
