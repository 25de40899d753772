import type { Asking, HumanFrontEnd } from "#broker/humans/human-front-end.ts";
import type { Json } from "#common/json.ts";
import type { HumanQuestion } from "#protocol/humans/human-question.ts";
import { askQuestion } from "./ask-question.ts";
import { type Conversation, converse, type Terminal } from "./conversation.ts";
import { questionText } from "./question-text.ts";

/**
 * Asks on a terminal, below the running tree. What is asked comes from a procedure and is shown as data. An empty
 * line takes the default, but never approves. The end of the input puts the question aside.
 */
export function createTerminalHumans(terminal: Terminal): HumanFrontEnd {
  return {
    async ask(question, asking) {
      const conversation = converse(terminal, asking.signal);
      try {
        return await ask(question, asking, conversation);
      } catch (error) {
        if (conversation.ended) return undefined;
        throw error;
      } finally {
        conversation.close();
      }
    },
  };
}

async function ask(
  question: HumanQuestion,
  { settle }: Asking,
  conversation: Conversation,
): Promise<Json | undefined> {
  conversation.say(questionText(question));
  return askQuestion({ question, conversation, settle });
}
