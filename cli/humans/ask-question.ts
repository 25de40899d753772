import type { Json, JsonObject } from "#common/json.ts";
import { oneLine } from "#common/visible-text.ts";
import {
  actionsOf,
  type HumanQuestion,
  itemsOf,
  type QuestionItem,
  type SettleAnswer,
} from "#protocol/humans/human-question.ts";
import { formOf } from "#protocol/humans/schema-form.ts";
import type { Conversation } from "./conversation.ts";
import { optionLines, promptOf } from "./question-text.ts";
import { typedAnswer } from "./typed-answer.ts";

/** A question put on the terminal. */
export interface AskedQuestion {
  readonly question: HumanQuestion;
  readonly conversation: Conversation;
  readonly settle: SettleAnswer;
  /** What an empty line does where there is no default. Absent: it is an answer like others. */
  readonly emptyLine?: "refused" | "passes";
}

const noAnswer = "That is none of the answers.";

/** What a question that may be left out was passed over with. */
const passed = Symbol("passed");

/**
 * Asks until an answer fits; whatever is wrong with one is said before the question is asked again. Undefined when it
 * was passed over.
 */
export async function askQuestion(asked: AskedQuestion): Promise<Json | undefined> {
  const { question, conversation, settle } = asked;
  for (;;) {
    const given = await askOnce(asked);
    if (given === passed) return undefined;
    const settled = given === undefined ? undefined : await settle(question, given);
    if (settled?.ok) return settled.value;
    conversation.say(`  ${settled === undefined ? noAnswer : oneLine(settled.error, 400)}`);
  }
}

type Given = Json | typeof passed | undefined;

async function askOnce(asked: AskedQuestion): Promise<Given> {
  const { question } = asked;
  if (question.kind === "inputs") return askItems(asked, itemsOf(question));
  if (question.kind === "review") return askReview(asked);
  if (question.kind === "custom") return askCustom(asked);
  return askLine(asked);
}

async function askLine(asked: AskedQuestion, line?: string): Promise<Given> {
  const { question, conversation, emptyLine } = asked;
  const typed = line ?? (await conversation.line(promptOf(question)));
  if (typed.trim() !== "" || question.default !== undefined || emptyLine === undefined)
    return typedAnswer(typed, question);
  return emptyLine === "passes" ? passed : undefined;
}

/** Several questions, one after the other, each until its answer fits; an optional one may be passed over. */
async function askItems(asked: AskedQuestion, items: readonly QuestionItem[]): Promise<JsonObject> {
  const { conversation } = asked;
  const answers: Array<[string, Json]> = [];
  for (const item of items) {
    const { question, required } = item;
    conversation.say(itemTitle(item));
    for (const line of optionLines(question)) conversation.say(line);
    const emptyLine = required ? "refused" : "passes";
    const answer = await askQuestion({ ...asked, question, emptyLine });
    if (answer !== undefined) answers.push([question.id, answer]);
  }
  return Object.fromEntries(answers);
}

function itemTitle({ label, required, question: { message } }: QuestionItem): string {
  const title = message === "" || message === label ? label : `${label}: ${message}`;
  return `  ${oneLine(title, 400)}${required ? "" : " (may be left empty)"}`;
}

/** The decision, a word about it, and before that the text, when it is to be another. */
async function askReview({ question, conversation }: AskedQuestion): Promise<Given> {
  const artifact = question.details["artifact"];
  let edited: string | undefined;
  for (;;) {
    const edit = typeof artifact === "string" ? "  e) Edit first\n" : "";
    const line = await conversation.line(`${edit}> `);
    if (edit !== "" && /^(e|edit)$/i.test(line.trim())) edited = await askText(conversation);
    else {
      const decision = typedAnswer(line, question);
      if (typeof decision !== "string") return decision;
      const feedback = await conversation.line("Feedback (may be empty): ");
      return { decision, feedback, ...(edited !== undefined && { edited_artifact: edited }) };
    }
  }
}

async function askText(conversation: Conversation): Promise<string> {
  conversation.say("The new text; a line with a single dot ends it.");
  const lines: string[] = [];
  for (;;) {
    const line = await conversation.line("| ");
    if (line === ".") return lines.join("\n");
    lines.push(line);
  }
}

/** One of the actions, or the fields of the answer one by one, or any value. */
async function askCustom(asked: AskedQuestion): Promise<Given> {
  const { question, conversation } = asked;
  const actions = actionsOf(question);
  const form = formOf(question);
  if (actions.length === 0) return form ? askItems(asked, form) : askLine(asked);
  const options = actions.map(({ label, value }) => ({ label, value }));
  const { default: _preset, ...asks } = question;
  const choice: HumanQuestion = { ...asks, kind: "select", options, details: {} };
  for (const line of optionLines(choice)) conversation.say(line);
  const line = await conversation.line(
    form ? "An action, or Enter for the form: " : "An action, or a value: ",
  );
  const action = typedAnswer(line, choice);
  if (action !== undefined) return { action };
  return form ? askItems(asked, form) : askLine(asked, line);
}
