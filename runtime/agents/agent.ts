import { errorText } from "#common/error-text.ts";
import { isJsonObject, type Json, type JsonObject } from "#common/json.ts";
import type { At } from "#protocol/events/events.ts";
import { addUsage, noUsage, type Usage } from "#protocol/events/usage.ts";
import type { ChatMessage } from "#protocol/wire/requests.ts";
import type { MockedTurn } from "../mocks/mock-book.ts";
import { CallbackFailure } from "../schema/decoded.ts";
import { plainText } from "../schema/plain-text.ts";
import type { OfferedTool } from "../tools/offered-tool.ts";
import { codeOf } from "../vm/procedure-failure.ts";
import type { AgentDefinition, TurnCall, TurnResult } from "./agent-definition.ts";
import type { AgentEnvironment } from "./agent-environment.ts";
import { AgentFailure } from "./agent-failure.ts";
import { Conversation } from "./conversation.ts";
import { applyHistoryFilter } from "./history-filter.ts";
import { mockedTurn } from "./mocked-turn.ts";
import { ModelTurn, type ModelTurnPlan } from "./model-turn.ts";
import { isRetried, retryDelay } from "./retry-policy.ts";
import { parseAnswer, structuredOutput } from "./structured-output.ts";
import { systemPrompt } from "./system-prompt.ts";
import { renderTemplate } from "./template.ts";
import { toolsOfAgent, toolsOfTurn } from "./tool-selection.ts";
import type { TurnContext } from "./turn-context.ts";

/** What a turn used; filled as it goes, so that a turn that fails reports it too. */
interface Spent {
  usage: Usage;
  cost: number | undefined;
}

/** A live agent: its tools, its history, its totals, and the turn. */
export class Agent {
  readonly definition: AgentDefinition;
  readonly tools: readonly OfferedTool[];
  readonly #environment: AgentEnvironment;
  #conversation = new Conversation();
  /** Turns since the start or the last `clearHistory`. */
  #turns = 0;
  #lastOutput: Json | undefined;
  #total: Spent = { usage: noUsage, cost: undefined };

  /** Resolves the agent's tools. Throws AgentFailure `declaration-invalid` when one is unknown. */
  constructor(definition: AgentDefinition, environment: AgentEnvironment) {
    this.definition = definition;
    this.#environment = environment;
    this.tools = toolsOfAgent(definition, environment.tools);
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

  get history(): readonly ChatMessage[] {
    return this.#conversation.messages;
  }

  /** Adds a message to the history, as `agent.history.add` does. */
  remember(message: ChatMessage): void {
    this.#conversation.add(message);
  }

  /** Empties the history; the next turn counts as the first again. */
  clearHistory(): void {
    this.#conversation.truncate(0);
    this.#turns = 0;
  }

  /** One call: a whole tool loop. Throws AgentFailure; what a tool throws beyond ToolFailure passes through. */
  turn(call: TurnCall, at?: At): TurnResult {
    const tools = toolsOfTurn(this.name, this.tools, call.tools, this.#environment.tools);
    const { recorder, ports } = this.#environment;
    const turn: TurnContext = {
      environment: this.#environment,
      number: recorder.nextTurn(),
      agent: this.name,
      tools,
      toolCalls: [],
      at: at ? { at } : {},
    };
    this.#turns++;
    const started = ports.now();
    ports.emit({ type: "turn.started", ...this.#described(turn), ...turn.at });
    const spent: Spent = { usage: noUsage, cost: undefined };
    const finish = (outcome: { output: Json } | { error: { code: string; message: string } }) => {
      this.#spend(this.#total, spent);
      const durationMs = Math.max(0, ports.now() - started);
      ports.emit({
        type: "turn.finished",
        ...this.#described(turn),
        ...outcome,
        ...spentFields(spent),
        durationMs,
      });
    };
    try {
      const result = this.#answer(turn, call, spent);
      finish({ output: result.output });
      this.#lastOutput = result.output;
      return result;
    } catch (thrown) {
      finish({ error: failureOf(thrown) });
      throw thrown;
    }
  }

  #described(turn: TurnContext) {
    const { provider, model } = this.definition;
    const tools = turn.tools.map((tool) => tool.name);
    return { turn: turn.number, agent: this.name, model: `${provider}/${model}`, tools };
  }

  #answer(turn: TurnContext, call: TurnCall, spent: Spent): TurnResult {
    const start = this.#conversation.length;
    const message = this.#userMessage(call);
    const mocked = this.#mock(call.message);
    const { text, output } = mocked
      ? mockedTurn(turn, mocked, this.#conversation, message)
      : this.#askModel(turn, call, message, spent);
    return {
      output,
      text,
      ...spentFields(spent),
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

  #userMessage(call: TurnCall): string | undefined {
    if (call.message) return call.message;
    const { initialMessage } = this.definition;
    if (initialMessage === undefined || this.#turns !== 1) return undefined;
    const input = { ...this.#environment.runInput(), ...call.context };
    return renderTemplate(initialMessage, {
      input,
      params: input,
      state: this.#environment.state(),
      context: input,
    });
  }

  #askModel(turn: TurnContext, call: TurnCall, userMessage: string | undefined, spent: Spent) {
    const { retry } = this.definition;
    const start = this.#conversation.length;
    for (let attempt = 1; ; attempt++) {
      const modelTurn = new ModelTurn(turn, this.#plan(turn, call, userMessage), this.#conversation);
      try {
        const text = modelTurn.run();
        return { text, output: this.#output(text) };
      } catch (thrown) {
        const again = thrown instanceof AgentFailure && attempt < retry.attempts && isRetried(retry, thrown);
        if (!again) throw thrown;
        this.#warn(
          turn,
          `Attempt ${attempt} of agent '${this.name}' failed and is repeated: ${thrown.message}`,
        );
        this.#conversation.truncate(start);
        this.#environment.ports.sleep(retryDelay(retry, attempt, () => this.#environment.random()));
      } finally {
        this.#spend(spent, modelTurn.used);
      }
    }
  }

  #plan(turn: TurnContext, call: TurnCall, userMessage: string | undefined): ModelTurnPlan {
    const { definition } = this;
    const prepared = this.#prepare(turn, call, userMessage);
    const input = { message: userMessage ?? "", ...call.context };
    const namespaces = {
      input,
      params: input,
      state: this.#environment.state(),
      context: this.#environment.runInput(),
      prepared,
    };
    return {
      definition,
      system: systemPrompt(definition, call, namespaces),
      earlier: this.#filteredHistory(turn, { context: call.context, prepared, input }),
      userMessage,
      settings: {
        ...definition.settings,
        ...(call.temperature === undefined ? {} : { temperature: call.temperature }),
        ...(call.maxTokens === undefined ? {} : { maxTokens: call.maxTokens }),
        ...(call.requestTimeout === undefined ? {} : { timeoutSeconds: call.requestTimeout }),
      },
    };
  }

  #prepare(turn: TurnContext, call: TurnCall, message: string | undefined): JsonObject {
    const { prepare } = this.definition;
    if (!prepare) return {};
    try {
      const prepared = prepare.call({ context: call.context, message: message ?? null });
      return isJsonObject(prepared) ? prepared : { value: prepared ?? null };
    } catch (thrown) {
      if (!(thrown instanceof CallbackFailure)) throw thrown;
      this.#warn(turn, `The prepare function of agent '${this.name}' failed: ${thrown.message}`);
      return {};
    }
  }

  #filteredHistory(turn: TurnContext, forFunctions: JsonObject): readonly ChatMessage[] {
    const messages = this.#conversation.messages.slice();
    const { historyFilter } = this.definition;
    if (!historyFilter) return messages;
    const onFailure = (message: string) => this.#warn(turn, `Agent '${this.name}': ${message}`);
    return applyHistoryFilter(historyFilter, messages, { forFunctions, onFailure });
  }

  #output(text: string): Json {
    const { output } = this.definition;
    return output
      ? structuredOutput(this.name, text, output, { hasTools: this.tools.length > 0 })
      : parseAnswer(text);
  }

  #spend(total: Spent, { usage, cost }: Readonly<Spent>): void {
    total.usage = addUsage(total.usage, usage);
    if (cost !== undefined) total.cost = (total.cost ?? 0) + cost;
  }

  #warn(turn: TurnContext, message: string): void {
    this.#environment.ports.emit({ type: "log", level: "warn", message, ...turn.at });
  }
}

function spentFields({ usage, cost }: Spent) {
  return { usage, ...(cost === undefined ? {} : { cost }) };
}

function failureOf(thrown: unknown): { code: string; message: string } {
  return { code: codeOf(thrown) ?? "lua-error", message: errorText(thrown) };
}
