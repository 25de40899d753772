import type { HumanFrontEnd } from "#broker/humans/human-front-end.ts";
import { askQuestion } from "./ask-question.ts";
import { converse, type Terminal } from "./conversation.ts";
import { questionText } from "./question-text.ts";

/**
 * Asks on a terminal, below the running tree, in the name of the procedure's file. What is asked comes from a procedure and is shown as data. An empty
 * line takes the default, but never approves. The end of the input puts the question aside.
 */
export function createTerminalHumans(terminal: Terminal, file: string): HumanFrontEnd {
  return {
    async ask(question, asking) {
      const conversation = converse(terminal, asking.signal);
      try {
        conversation.say(questionText(question, file));
        return await askQuestion({ question, conversation, settle: asking.settle });
      } catch (error) {
        if (conversation.ended) return undefined;
        throw error;
      } finally {
        conversation.close();
      }
    },
  };
}
