import { errorText } from "#common/error-text.ts";
import type { JsonObject } from "#common/json.ts";
import type { MockBook } from "../mocks/mock-book.ts";
import type { RunRecorder } from "../recording/run-recorder.ts";
import type { ToolCallStart } from "../recording/tool-call-log.ts";
import { type ToolAnswer, ToolFailure } from "./offered-tool.ts";

/**
 * One tool call, whoever makes it: announced, answered by a mock when one is declared, else by `body`, recorded.
 * What the body or a mock's `error` throws is recorded and thrown again. `edited`: the arguments, where the person who
 * debugs the run changed them.
 */
export function runToolCall(
  given: ToolCallStart,
  { recorder, mocks }: { readonly recorder: RunRecorder; readonly mocks: MockBook },
  body: (edited: JsonObject | undefined) => ToolAnswer,
): ToolAnswer {
  const { observer } = recorder;
  const edited = observer?.beforeTool(given);
  const start = edited ? { ...given, arguments: edited, argumentsText: undefined } : given;
  const open = recorder.toolCalls.begin(start);
  try {
    const answer = mockedAnswer(start, mocks) ?? body(edited);
    open.finish({ result: answer.value, resultText: answer.text });
    return answer;
  } catch (thrown) {
    const code = thrown instanceof ToolFailure ? thrown.code : "tool-failed";
    const error = { code, message: errorText(thrown) };
    open.finish({ error });
    observer?.failed("tool", error);
    throw thrown;
  } finally {
    observer?.afterTool(start);
  }
}

function mockedAnswer(start: ToolCallStart, mocks: MockBook): ToolAnswer | undefined {
  const mocked = mocks.toolAnswer(start.tool, start.arguments);
  if (!mocked) return undefined;
  if (mocked.kind === "error") throw new ToolFailure("tool-failed", mocked.message);
  return { value: mocked.value };
}
