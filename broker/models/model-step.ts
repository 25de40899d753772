import type { ModelMessage, ToolSet } from "ai";
import { isJsonObject, type Json, type JsonObject } from "#common/json.ts";
import type { GenerateAnswer, GenerateParams, ModelToolCall } from "#protocol/wire/requests.ts";
import { modelMessages } from "./conversation.ts";
import { ModelFailure } from "./model-failure.ts";
import type { ProviderModel, ProviderOptions } from "./provider-adapter.ts";
import { ToolNames } from "./tool-names.ts";

type Ai = typeof import("ai");

/** Characters of text and arguments in one answer; far more than any model writes at once. */
const maximumAnswerCharacters = 2 * 1024 * 1024;

export interface ModelStepOptions {
  readonly ai: Ai;
  readonly model: ProviderModel;
  readonly params: GenerateParams;
  readonly providerOptions: ProviderOptions;
  /** Tools that the provider runs itself. */
  readonly providerTools?: ToolSet | undefined;
  readonly maximumRetries: number;
  readonly signal: AbortSignal;
  /** The same when the whole request is made once more. */
  readonly idempotencyKey?: string | undefined;
  readonly onText: (text: string) => void;
}

/** One request, one answer: the model's text and the tools it calls, none of which is run here. */
export type StepAnswer = Omit<GenerateAnswer, "cost">;

/** Sends one request. Throws ModelFailure and the errors of the `ai` package. */
export async function modelStep(options: ModelStepOptions): Promise<StepAnswer> {
  const names = new ToolNames();
  const tools = { ...offeredTools(options, names), ...options.providerTools };
  const messages = modelMessages(options.params.messages, names);
  const { fullStream } = startStream(options, names, messages, tools);
  const answer = new AnswerBuilder(names, options.onText);
  for await (const part of fullStream) answer.take(part);
  options.signal.throwIfAborted();
  return answer.finish();
}

function startStream(
  { ai, model, params, providerOptions, maximumRetries, signal, idempotencyKey }: ModelStepOptions,
  names: ToolNames,
  messages: ModelMessage[],
  tools: ToolSet,
) {
  const { temperature, maxTokens, topP, seed, presencePenalty, frequencyPenalty } = params.settings;
  return ai.streamText({
    model: withOutputSchema(ai, model, params.outputSchema),
    messages,
    // The conversation is the agent's own; what stands in its system messages is the procedure's matter.
    allowSystemInMessages: true,
    ...(Object.keys(tools).length === 0 ? {} : { tools, ...toolChoice(params, names) }),
    ...(temperature === undefined ? {} : { temperature }),
    ...(maxTokens === undefined ? {} : { maxOutputTokens: maxTokens }),
    ...(topP === undefined ? {} : { topP }),
    ...(seed === undefined ? {} : { seed }),
    ...(presencePenalty === undefined ? {} : { presencePenalty }),
    ...(frequencyPenalty === undefined ? {} : { frequencyPenalty }),
    providerOptions,
    ...(idempotencyKey === undefined ? {} : { headers: { "Idempotency-Key": idempotencyKey } }),
    maxRetries: maximumRetries,
    abortSignal: signal,
    onError: ignoreReported,
  });
}

/** Errors arrive as parts of the stream; the package would otherwise print them, bodies and all. */
function ignoreReported(): void {}

function offeredTools({ ai, params }: ModelStepOptions, names: ToolNames): ToolSet {
  const entries = params.tools.map(({ name, description, parameters }) => [
    names.forProvider(name),
    ai.tool({ description, inputSchema: ai.jsonSchema(isJsonObject(parameters) ? { ...parameters } : {}) }),
  ]);
  return Object.fromEntries(entries);
}

function toolChoice({ toolChoice: choice }: GenerateParams, names: ToolNames) {
  if (choice === undefined) return {};
  if (typeof choice === "string") return { toolChoice: choice };
  return { toolChoice: { type: "tool" as const, toolName: names.forProvider(choice.tool) } };
}

/**
 * Asks the provider for JSON by a schema. Set on the request itself: the package's own `output` would parse the text
 * anew with every piece that arrives.
 */
function withOutputSchema(ai: Ai, model: ProviderModel, schema: Json | undefined): ProviderModel {
  if (!isJsonObject(schema)) return model;
  const responseFormat = { type: "json" as const, schema: { ...schema } };
  return ai.wrapLanguageModel({
    model,
    middleware: {
      specificationVersion: "v3",
      transformParams: async ({ params }) => ({ ...params, responseFormat }),
    },
  });
}

type StreamPart = ReturnType<Ai["streamText"]>["fullStream"] extends AsyncIterable<infer Part> ? Part : never;
type FinishPart = Extract<StreamPart, { type: "finish" }>;
type SourcePart = Extract<StreamPart, { type: "source" }>;
type ToolCallPart = Extract<StreamPart, { type: "tool-call" }>;

/** Puts an answer together from the parts of its stream. */
class AnswerBuilder {
  readonly #names: ToolNames;
  readonly #onText: (text: string) => void;
  readonly #toolCalls: ModelToolCall[] = [];
  readonly #sources = new Map<string, string>();
  #text = "";
  #characters = 0;
  #finish: FinishPart | undefined;

  constructor(names: ToolNames, onText: (text: string) => void) {
    this.#names = names;
    this.#onText = onText;
  }

  take(part: StreamPart): void {
    if (part.type === "text-delta") this.#takeText(part.text);
    else if (part.type === "reasoning-delta") this.#count(part.text);
    else if (part.type === "tool-input-delta") this.#count(part.delta);
    else if (part.type === "tool-call" && !part.providerExecuted) this.#takeToolCall(part);
    else if (part.type === "source") this.#takeSource(part);
    else if (part.type === "finish") this.#finish = part;
    else if (part.type === "error") throw part.error;
  }

  /** The whole answer. Throws ModelFailure when the stream ended without saying that it is complete. */
  finish(): StepAnswer {
    if (!this.#finish || isCut(this.#finish)) {
      throw new ModelFailure("model-failed", "the answer ended before it was complete. Try again.", {
        transient: true,
      });
    }
    const { totalUsage } = this.#finish;
    const inputTokens = tokenCount(totalUsage.inputTokens);
    const outputTokens = tokenCount(totalUsage.outputTokens);
    return {
      text: this.#text,
      toolCalls: this.#toolCalls,
      ...(this.#sources.size > 0 && {
        sources: [...this.#sources].map(([url, title]) => ({ url, title })),
      }),
      finishReason: this.#finish.finishReason,
      usage: {
        inputTokens,
        outputTokens,
        totalTokens: Math.max(tokenCount(totalUsage.totalTokens), inputTokens + outputTokens),
      },
    };
  }

  #takeText(text: string): void {
    this.#count(text);
    this.#text += text;
    if (text !== "") this.#onText(text);
  }

  #takeSource(part: SourcePart): void {
    if (part.sourceType !== "url" || this.#sources.has(part.url)) return;
    this.#count(`${part.url}${part.title ?? ""}`);
    this.#sources.set(part.url, part.title ?? "");
  }

  #takeToolCall(part: ToolCallPart): void {
    const tool = this.#names.forProcedure(part.toolName);
    if (typeof part.input === "string") {
      const shown = tool.slice(0, 80);
      throw new ModelFailure(
        "model-failed",
        `the model called '${shown}' with arguments that are no JSON. Try again.`,
      );
    }
    this.#toolCalls.push({ id: part.toolCallId, tool, arguments: argumentsOf(part.input) });
  }

  #count(piece: string): void {
    this.#characters += piece.length;
    if (this.#characters <= maximumAnswerCharacters) return;
    throw new ModelFailure(
      "model-failed",
      "the answer is longer than an answer can be. Limit it with max_tokens.",
    );
  }
}

/** The packages start with this pair and replace it when the provider says how the answer ended. */
function isCut({ finishReason, rawFinishReason }: FinishPart): boolean {
  return finishReason === "other" && rawFinishReason === undefined;
}

/** Tokens as a provider may say them: whole, and never fewer than none, or an answer would give budget back. */
function tokenCount(reported: number | undefined): number {
  if (reported === undefined || !(reported > 0)) return 0;
  return Math.min(Math.ceil(reported), Number.MAX_SAFE_INTEGER);
}

function argumentsOf(input: unknown): JsonObject {
  return isJsonObject(input) ? input : {};
}
