import { pythonRegex } from "./python-regex.ts";
import { StepFailure } from "./step-failure.ts";

/** Whether a regular expression is found in a text. Throws StepFailure for one that can't be read. */
export function searches(pattern: string, text: string): boolean {
  try {
    return pythonRegex(pattern).test(text);
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw thrown;
    throw new StepFailure(`The pattern "${pattern}" can't be read: ${thrown.message}.`);
  }
}
