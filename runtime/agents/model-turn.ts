import type { ChatMessage, GenerateAnswer, GenerateParams } from "#protocol/wire/requests.ts";
import { RequestRefused } from "../ports.ts";
import { outputJsonSchema } from "../schema/json-schema.ts";
import type { AgentDefinition, ModelSettings } from "./agent-definition.ts";
import { AgentFailure } from "./agent-failure.ts";
import type { Conversation } from "./conversation.ts";
import { matchedMessages } from "./message-form.ts";
import { Spending } from "./spending.ts";
import { runToolCalls } from "./tool-round.ts";
import type { TurnContext } from "./turn-context.ts";

/** What one attempt at a turn sends: fixed while its tool loop runs. */
export interface ModelTurnPlan {
  readonly definition: AgentDefinition;
  readonly system: string;
  /** What the history filter left of the messages before this turn. */
  readonly earlier: readonly ChatMessage[];
  readonly userMessage: string | undefined;
  readonly settings: ModelSettings;
}

const finalAnswerRequest =
  "Give your final answer now, as text, from what the tools returned. Do not call any tool.";

/** The tool loop of one attempt: model, tools, model … until an answer in text or `done`. */
export class ModelTurn {
  readonly #turn: TurnContext;
  readonly #plan: ModelTurnPlan;
  readonly #conversation: Conversation;
  readonly #start: number;
  /** Of the requests made so far; also right after a failure. */
  readonly spent: Spending = new Spending();

  constructor(turn: TurnContext, plan: ModelTurnPlan, conversation: Conversation) {
    this.#turn = turn;
    this.#plan = plan;
    this.#conversation = conversation;
    this.#start = conversation.length;
  }

  /** Gives the text of the last answer. Throws AgentFailure; the conversation then holds what was said so far. */
  run(): string {
    if (this.#plan.userMessage) this.#conversation.add({ role: "user", text: this.#plan.userMessage });
    for (let round = 0; ; round++) {
      this.#checkRounds(round);
      const answer = this.#ask({});
      if (answer.toolCalls.length === 0) return answer.text.trim() === "" ? this.#askAgain() : answer.text;
      const tools = runToolCalls(this.#turn, answer.toolCalls);
      this.#conversation.add(...tools.messages);
      if (tools.done) return answer.text;
    }
  }

  #checkRounds(round: number): void {
    const { maximumToolRounds, name } = this.#plan.definition;
    if (round <= maximumToolRounds) return;
    throw new AgentFailure(
      "model-failed",
      `Agent '${name}' went through ${maximumToolRounds} rounds of tool calls without an answer (max_tool_followup_rounds).`,
    );
  }

  /** A blank answer is asked for once more; the second answer counts, blank or not. */
  #askAgain(): string {
    return this.#ask({ extra: { role: "user", text: finalAnswerRequest }, toolChoice: "none" }).text;
  }

  #ask(options: { extra?: ChatMessage; toolChoice?: "none" }): GenerateAnswer {
    const answer = this.#request(options);
    this.spent.add(answer);
    this.#turn.environment.recorder.addUsage(answer.usage, answer.cost);
    const toolCalls = options.toolChoice === "none" ? [] : answer.toolCalls;
    this.#conversation.add({ role: "assistant", text: answer.text, toolCalls });
    return { ...answer, toolCalls };
  }

  #request(options: { extra?: ChatMessage; toolChoice?: "none" }): GenerateAnswer {
    try {
      return this.#turn.environment.ports.request("model.generate", this.#params(options));
    } catch (thrown) {
      if (!(thrown instanceof RequestRefused)) throw thrown;
      throw new AgentFailure(thrown.code, `Agent '${this.#turn.agent}': ${thrown.message}`, {
        cause: thrown,
      });
    }
  }

  #params({ extra, toolChoice }: { extra?: ChatMessage; toolChoice?: "none" }): GenerateParams {
    const { definition, settings } = this.#plan;
    const { number, agent, tools } = this.#turn;
    const choice = tools.length > 0 ? (toolChoice ?? definition.toolChoice) : undefined;
    return {
      turn: number,
      agent,
      provider: definition.provider,
      model: definition.model,
      messages: this.#messages(extra),
      tools: tools.map(({ name, description, parameters }) => ({ name, description, parameters })),
      ...(choice ? { toolChoice: choice } : {}),
      ...(definition.output ? { outputSchema: outputJsonSchema(definition.output) } : {}),
      settings,
    };
  }

  /** The filter works on what was before the turn; what belongs to the turn is always sent whole. */
  #messages(extra: ChatMessage | undefined): ChatMessage[] {
    const ofTurn = this.#conversation.messages.slice(this.#start);
    const history = matchedMessages([...this.#plan.earlier, ...ofTurn]);
    const system = this.#plan.system === "" ? [] : [{ role: "system", text: this.#plan.system } as const];
    return [...system, ...history, ...(extra ? [extra] : [])];
  }
}
