import { errorText } from "#common/error-text.ts";
import type { MockBook } from "../mocks/mock-book.ts";
import type { ToolCallLog, ToolCallStart } from "../recording/tool-call-log.ts";
import { type ToolAnswer, ToolFailure } from "./offered-tool.ts";

/**
 * One tool call, whoever makes it: announced, answered by a mock when one is declared, else by `body`, recorded.
 * What the body or a mock's `error` throws is recorded and thrown again.
 */
export function runToolCall(
  start: ToolCallStart,
  run: { readonly toolCalls: ToolCallLog; readonly mocks: MockBook },
  body: () => ToolAnswer,
): ToolAnswer {
  const open = run.toolCalls.begin(start);
  try {
    const answer = mockedAnswer(start, run.mocks) ?? body();
    open.finish({ result: answer.value, resultText: answer.text });
    return answer;
  } catch (thrown) {
    const code = thrown instanceof ToolFailure ? thrown.code : "tool-failed";
    open.finish({ error: { code, message: errorText(thrown) } });
    throw thrown;
  }
}

function mockedAnswer(start: ToolCallStart, mocks: MockBook): ToolAnswer | undefined {
  const mocked = mocks.toolAnswer(start.tool, start.arguments);
  if (!mocked) return undefined;
  if (mocked.kind === "error") throw new ToolFailure("tool-failed", mocked.message);
  return { value: mocked.value };
}
