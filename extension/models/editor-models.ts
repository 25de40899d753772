import * as vscode from "vscode";
import { errorText } from "#common/error-text.ts";
import { isJsonObject, type Json } from "#common/json.ts";
import { fail, ok, type Result } from "#common/result.ts";
import type { GenerateAnswer, GenerateParams, ModelToolCall } from "#protocol/wire/requests.ts";
import { plainLabel } from "../screen/plain-label.ts";
import { type ChatPart, type ChatTurn, chatTurns } from "./chat-parts.ts";

/** Provider names under which procedures reach the models of the editor. */
export const editorProviders: readonly string[] = ["vscode", "copilot"];

interface Refusal {
  readonly code: string;
  readonly message: string;
}

interface Context {
  readonly signal: AbortSignal;
  readonly onDelta: (text: string) => void;
}

/**
 * Serves agents with the models that the editor has (`vscode.lm`), so that people with Copilot need no key. The
 * editor asks the person for consent at the first use.
 */
export class EditorModels {
  async generate(params: GenerateParams, context: Context): Promise<Result<GenerateAnswer, Refusal>> {
    try {
      const model = await findModel(params);
      return model ? ok(await answer(model, params, context)) : fail(await noModel(params));
    } catch (error) {
      return fail(refusalOf(error, params.model));
    }
  }
}

async function findModel({ provider, model }: GenerateParams): Promise<vscode.LanguageModelChat | undefined> {
  const vendor = provider === "copilot" ? { vendor: "copilot" } : {};
  const [byId] = await vscode.lm.selectChatModels({ ...vendor, id: model });
  if (byId) return byId;
  const [byFamily] = await vscode.lm.selectChatModels({ ...vendor, family: model });
  return byFamily;
}

async function noModel({ provider, model }: GenerateParams): Promise<Refusal> {
  const known = (await vscode.lm.selectChatModels(provider === "copilot" ? { vendor: "copilot" } : {})).map(
    ({ id }) => id,
  );
  const remedy =
    known.length > 0
      ? `It has: ${known.join(", ")}.`
      : "It has none: sign in to GitHub Copilot or install an extension that brings models.";
  return { code: "model-failed", message: `The editor has no model '${model}'. ${remedy}` };
}

async function answer(
  model: vscode.LanguageModelChat,
  params: GenerateParams,
  { signal, onDelta }: Context,
): Promise<GenerateAnswer> {
  const turns = chatTurns(params);
  const cancellation = new vscode.CancellationTokenSource();
  const cancel = (): void => cancellation.cancel();
  signal.addEventListener("abort", cancel, { once: true });
  try {
    const response = await model.sendRequest(turns.map(messageOf), optionsOf(params), cancellation.token);
    const { text, toolCalls } = await readResponse(response, onDelta);
    const usage = await usageOf(model, turns, text, cancellation.token);
    return { text, toolCalls, finishReason: toolCalls.length > 0 ? "tool-calls" : "stop", usage };
  } finally {
    signal.removeEventListener("abort", cancel);
    cancellation.dispose();
  }
}

async function readResponse(
  response: vscode.LanguageModelChatResponse,
  onDelta: (text: string) => void,
): Promise<{ text: string; toolCalls: ModelToolCall[] }> {
  let text = "";
  const toolCalls: ModelToolCall[] = [];
  for await (const part of response.stream) {
    if (part instanceof vscode.LanguageModelTextPart) {
      text += part.value;
      onDelta(part.value);
    } else if (part instanceof vscode.LanguageModelToolCallPart) {
      toolCalls.push({ id: part.callId, tool: part.name, arguments: argumentsOf(part.input) });
    }
  }
  return { text, toolCalls };
}

/** Only JSON crosses into the sandbox; an extension's model may give anything. */
function argumentsOf(input: object): Json {
  const value: Json = JSON.parse(JSON.stringify(input));
  return isJsonObject(value) ? value : {};
}

function messageOf({ role, parts }: ChatTurn): vscode.LanguageModelChatMessage {
  const roles = {
    user: vscode.LanguageModelChatMessageRole.User,
    assistant: vscode.LanguageModelChatMessageRole.Assistant,
  };
  return new vscode.LanguageModelChatMessage(roles[role], parts.map(partOf));
}

function partOf(
  part: ChatPart,
): vscode.LanguageModelTextPart | vscode.LanguageModelToolCallPart | vscode.LanguageModelToolResultPart {
  switch (part.kind) {
    case "text":
      return new vscode.LanguageModelTextPart(part.text);
    case "call":
      return new vscode.LanguageModelToolCallPart(part.id, part.tool, part.arguments);
    case "result":
      return new vscode.LanguageModelToolResultPart(part.callId, [
        new vscode.LanguageModelTextPart(part.text),
      ]);
  }
}

function optionsOf({
  tools,
  toolChoice,
  settings,
  agent,
}: GenerateParams): vscode.LanguageModelChatRequestOptions {
  const offered =
    typeof toolChoice === "object" ? tools.filter(({ name }) => name === toolChoice.tool) : tools;
  const required = toolChoice === "required" || typeof toolChoice === "object";
  return {
    // The editor shows it when it asks the person for consent.
    justification: `The agent ${plainLabel(agent, 60)} of a Tactus procedure asks the model.`,
    modelOptions: {
      ...(settings.temperature === undefined ? {} : { temperature: settings.temperature }),
      ...(settings.maxTokens === undefined ? {} : { max_tokens: settings.maxTokens }),
      ...(settings.topP === undefined ? {} : { top_p: settings.topP }),
    },
    ...(toolChoice === "none" || offered.length === 0
      ? {}
      : {
          tools: offered.map(({ name, description, parameters }) => ({
            name,
            description,
            inputSchema: isJsonObject(parameters) ? parameters : {},
          })),
          toolMode: required
            ? vscode.LanguageModelChatToolMode.Required
            : vscode.LanguageModelChatToolMode.Auto,
        }),
  };
}

/** The editor tells no usage, but counts tokens. */
async function usageOf(
  model: vscode.LanguageModelChat,
  turns: readonly ChatTurn[],
  text: string,
  token: vscode.CancellationToken,
): Promise<GenerateAnswer["usage"]> {
  const counts = await Promise.all(turns.map((turn) => model.countTokens(messageOf(turn), token)));
  const inputTokens = counts.reduce((sum, count) => sum + count, 0);
  const outputTokens = await model.countTokens(text, token);
  return { inputTokens, outputTokens, totalTokens: inputTokens + outputTokens };
}

function refusalOf(error: unknown, model: string): Refusal {
  if (!(error instanceof vscode.LanguageModelError))
    return { code: "model-failed", message: errorText(error) };
  const reasons: Readonly<Record<string, string>> = {
    [vscode.LanguageModelError.NoPermissions().code]: "the person did not allow its use",
    [vscode.LanguageModelError.Blocked().code]: "its quota is used up, or it refused the request",
    [vscode.LanguageModelError.NotFound().code]: "it is gone",
  };
  return {
    code: "model-failed",
    message: `The editor's model '${model}' failed: ${reasons[error.code] ?? errorText(error)}.`,
  };
}
