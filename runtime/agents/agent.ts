import { errorText } from "#common/error-text.ts";
import type { Json } from "#common/json.ts";
import type { At } from "#protocol/events/events.ts";
import type { Usage } from "#protocol/events/usage.ts";
import type { ChatMessage } from "#protocol/wire/requests.ts";
import type { MockedTurn } from "../mocks/mock-book.ts";
import { plainText } from "../schema/plain-text.ts";
import type { OfferedTool } from "../tools/offered-tool.ts";
import { codeOf } from "../vm/procedure-failure.ts";
import type { AgentDefinition, TurnCall, TurnResult } from "./agent-definition.ts";
import type { AgentEnvironment } from "./agent-environment.ts";
import { AgentFailure } from "./agent-failure.ts";
import { Conversation } from "./conversation.ts";
import { mockedTurn } from "./mocked-turn.ts";
import { ModelTurn } from "./model-turn.ts";
import { planTurn, userMessageOf } from "./plan-turn.ts";
import { outputOfText, reasonedAnswer } from "./prompting-style.ts";
import { isRetried, retryDelay } from "./retry-policy.ts";
import { Spending } from "./spending.ts";
import { parseAnswer, structuredOutput } from "./structured-output.ts";
import { toolsOfAgent, toolsOfTurn } from "./tool-selection.ts";
import { type TurnContext, warn } from "./turn-context.ts";

/** A live agent: its tools, its history, its totals, and the turn. */
export class Agent {
  readonly definition: AgentDefinition;
  #tools: readonly OfferedTool[];
  #toolsRevision: number;
  readonly #environment: AgentEnvironment;
  readonly #conversation: Conversation;
  readonly #total = new Spending();
  /** Turns since the start or the last `clearHistory`. */
  #turns = 0;
  #lastOutput: Json | undefined;

  /** Resolves the agent's tools. Throws AgentFailure `declaration-invalid` when one is unknown. */
  constructor(
    definition: AgentDefinition,
    environment: AgentEnvironment,
    conversation: Conversation = new Conversation(),
  ) {
    this.definition = definition;
    this.#conversation = conversation;
    this.#environment = environment;
    this.#toolsRevision = environment.tools.revision();
    this.#tools = this.#resolvedTools();
  }

  #resolvedTools(): readonly OfferedTool[] {
    const { mock, ports, tools } = this.#environment;
    if (!mock) return toolsOfAgent(this.definition, tools);
    return toolsOfAgent(this.definition, tools, (target) => {
      const message = `Agent '${this.name}': there is no tool or toolset '${target}' in this mocked run.`;
      ports.emit({ type: "log", level: "warn", message });
    });
  }

  get tools(): readonly OfferedTool[] {
    return this.#tools;
  }

  get name(): string {
    return this.definition.name;
  }

  /** Output of the last turn as text. */
  get output(): string | undefined {
    return this.#lastOutput === undefined ? undefined : plainText(this.#lastOutput);
  }

  /** Usage of all turns so far. */
  get usage(): Usage {
    return this.#total.usage;
  }

  /** US dollars of all turns so far. */
  get cost(): number {
    return this.#total.cost ?? 0;
  }

  /** Its history, for an agent that shares it. */
  get conversation(): Conversation {
    return this.#conversation;
  }

  get history(): readonly ChatMessage[] {
    return this.#conversation.messages;
  }

  /** Adds a message to the history, as `agent.history.add` does. */
  remember(message: ChatMessage): void {
    this.#conversation.add(message);
  }

  /** Forgets all but the first `length` messages, as `agent.history.truncate` does. */
  truncateHistory(length: number): void {
    this.#conversation.truncate(length);
  }

  /** Empties the history; the next turn counts as the first again. */
  clearHistory(): void {
    this.#conversation.truncate(0);
    this.#turns = 0;
  }

  /** One call: a whole tool loop. Throws AgentFailure; what a tool throws beyond ToolFailure passes through. */
  turn(call: TurnCall, at?: At): TurnResult {
    const turn = this.#begin(call, at);
    const { ports } = this.#environment;
    const started = ports.now();
    const described = this.#described(turn);
    const spent = new Spending();
    const finish = (outcome: { output: Json } | { error: { code: string; message: string } }) => {
      this.#total.add(spent);
      const durationMs = Math.max(0, ports.now() - started);
      ports.emit({ type: "turn.finished", ...described, ...outcome, ...spent.fields(), durationMs });
    };
    ports.emit({ type: "turn.started", ...described, ...turn.at });
    try {
      const result = this.#answer(turn, call, spent);
      this.#lastOutput = result.output;
      finish({ output: result.output });
      return result;
    } catch (thrown) {
      const error = { code: codeOf(thrown) ?? "lua-error", message: errorText(thrown) };
      finish({ error });
      if (thrown instanceof AgentFailure) {
        const { observer } = this.#environment.recorder;
        observer?.failed(error.code === "output-invalid" ? "output" : "model", error);
      }
      throw thrown;
    }
  }

  /** Nothing is announced and no turn counted when the tools asked for can't be offered. */
  #begin(call: TurnCall, at: At | undefined): TurnContext {
    this.#refreshTools();
    const tools = toolsOfTurn(this.name, this.tools, call.tools, this.#environment.tools);
    this.#checkTurns();
    this.#turns++;
    return {
      environment: this.#environment,
      number: this.#environment.recorder.nextTurn(),
      agent: this.name,
      tools,
      toolCalls: [],
      at: at ? { at } : {},
    };
  }

  /** Tools from outside may have changed since the last turn. */
  #refreshTools(): void {
    const { tools } = this.#environment;
    const revision = tools.revision();
    if (revision === this.#toolsRevision) return;
    this.#toolsRevision = revision;
    this.#tools = this.#resolvedTools();
  }

  #checkTurns(): void {
    const { maximumTurns = Number.POSITIVE_INFINITY } = this.definition;
    if (this.#turns < maximumTurns) return;
    throw new AgentFailure(
      "turns-exhausted",
      `Agent '${this.name}' has made the ${maximumTurns} turns that it may make (max_turns).`,
    );
  }

  #described(turn: TurnContext): { turn: number; agent: string; model: string; tools: string[] } {
    const { provider, model } = this.definition;
    const tools = turn.tools.map((tool) => tool.name);
    return { turn: turn.number, agent: this.name, model: `${provider}/${model}`, tools };
  }

  #answer(turn: TurnContext, call: TurnCall, spent: Spending): TurnResult {
    const start = this.#conversation.length;
    const message = userMessageOf(this.definition, turn, call, this.#turns === 1);
    const mocked = this.#mock(message);
    const { text, output } = mocked
      ? mockedTurn(turn, mocked, this.#conversation, message)
      : this.#askModel(turn, call, message, spent);
    return {
      output,
      text,
      ...spent.fields(),
      provider: this.definition.provider,
      model: this.definition.model,
      messages: this.#conversation.messages.slice(start),
      toolCalls: turn.toolCalls,
    };
  }

  #mock(message: string | undefined): MockedTurn | undefined {
    const declared = this.#environment.mocks.agentTurn(this.name, this.#turns, message);
    if (declared || !this.#environment.mock) return declared;
    return { message: `Mocked response from ${this.name}`, toolCalls: [], runTools: false };
  }

  #askModel(
    turn: TurnContext,
    call: TurnCall,
    message: string | undefined,
    spent: Spending,
  ): { readonly text: string; readonly output: Json } {
    const { retry } = this.definition;
    const earlier = this.#conversation.messages.slice();
    for (let attempt = 1; ; attempt++) {
      const plan = planTurn(this.definition, turn, call, earlier, message);
      const modelTurn = new ModelTurn(turn, plan, this.#conversation);
      try {
        return this.#answered(modelTurn.run());
      } catch (thrown) {
        const again = thrown instanceof AgentFailure && attempt < retry.attempts && isRetried(retry, thrown);
        if (!again) throw thrown;
        warn(turn, `Attempt ${attempt} of agent '${this.name}' failed and is repeated: ${thrown.message}`);
        this.#conversation.truncate(earlier.length);
        this.#environment.ports.sleep(retryDelay(retry, attempt, () => this.#environment.random()));
      } finally {
        spent.add(modelTurn.spent);
      }
    }
  }

  /** With thoughts before it, the text is what comes after them. */
  #answered(said: string): { readonly text: string; readonly output: Json } {
    const { output, style } = this.definition;
    const reasoned = style === "chain_of_thought" ? reasonedAnswer(said) : undefined;
    const text = reasoned?.response ?? said;
    if (!output) return { text, output: outputOfText(style, said, parseAnswer) };
    return { text, output: structuredOutput(this.name, text, output, { hasTools: this.tools.length > 0 }) };
  }
}
