import * as z from "zod";
import { jsonObject, jsonValue } from "#protocol/json-value.ts";
import { humanKinds } from "../humans/human-kinds.ts";
import { declaredCases, nextCase, plannedCases } from "./cases.ts";
import type { InsideMethod } from "./inside-methods.ts";
import { longestMcpName } from "./mcp.ts";
import { pluginRequests } from "./plugins.ts";
import type { RecordedEntry } from "./recorded.ts";

/**
 * What sandboxed code may ask of the host: one schema a method, for the parameters and for the answer. A method that
 * is not in this table is denied and logged. This is the "one way out" of the design.
 */

const at = z.object({ file: z.string(), line: z.int().positive() });

const toolCallPart = z.object({ id: z.string(), tool: z.string(), arguments: jsonValue });

/** One message of a conversation as the runtime keeps it; the broker translates it for the provider. */
const chatMessage = z.discriminatedUnion("role", [
  z.object({ role: z.literal("system"), text: z.string() }),
  z.object({ role: z.literal("user"), text: z.string() }),
  z.object({ role: z.literal("assistant"), text: z.string(), toolCalls: z.array(toolCallPart) }),
  z.object({
    role: z.literal("tool"),
    callId: z.string(),
    tool: z.string(),
    result: jsonValue,
    failed: z.boolean(),
  }),
]);
export type ChatMessage = z.infer<typeof chatMessage>;
export type ModelToolCall = z.infer<typeof toolCallPart>;

const domains = z.array(z.string().min(1).max(253)).max(100);

/** One request to a model: the whole conversation, the tools offered, no tool is executed by the broker. */
const generateParams = z.object({
  turn: z.int().positive(),
  agent: z.string(),
  /** `openai`, `anthropic`, … or a provider name from trusted config. */
  provider: z.string(),
  model: z.string(),
  messages: z.array(chatMessage),
  /** Tools offered in this turn; parameters as JSON Schema. */
  tools: z.array(z.object({ name: z.string(), description: z.string(), parameters: jsonValue })),
  /** The provider searches the web for this answer. Without domains: all of the web. */
  webSearch: z.object({ allowedDomains: domains, blockedDomains: domains }).optional(),
  toolChoice: z.union([z.enum(["auto", "required", "none"]), z.object({ tool: z.string() })]).optional(),
  /** JSON Schema of the structured output, when the agent declares one. */
  outputSchema: jsonValue.optional(),
  settings: z.object({
    temperature: z.number().optional(),
    maxTokens: z.int().positive().optional(),
    topP: z.number().optional(),
    presencePenalty: z.number().optional(),
    frequencyPenalty: z.number().optional(),
    parallelToolCalls: z.boolean().optional(),
    seed: z.int().optional(),
    reasoningEffort: z.string().optional(),
    verbosity: z.string().optional(),
    timeoutSeconds: z.number().positive().optional(),
    streaming: z.boolean().optional(),
  }),
});
const generateAnswer = z.object({
  text: z.string(),
  toolCalls: z.array(toolCallPart),
  /** Pages that a search of the web found, in order. */
  sources: z.array(z.object({ title: z.string(), url: z.string() })).optional(),
  finishReason: z.string(),
  usage: z.object({
    inputTokens: z.int().nonnegative(),
    outputTokens: z.int().nonnegative(),
    totalTokens: z.int().nonnegative(),
  }),
  /** US dollars, when the price of the model is known. */
  cost: z.number().nonnegative().optional(),
});
export type GenerateParams = z.infer<typeof generateParams>;
export type GenerateAnswer = z.infer<typeof generateAnswer>;

const humanAskParams = z.object({
  kind: z.enum(humanKinds),
  message: z.string(),
  /** Everything else the procedure gave: context, artifact, options, items, schema …; shown as data only. */
  details: z.record(z.string(), jsonValue),
  options: z.array(jsonValue).optional(),
  default: jsonValue.optional(),
  timeoutSeconds: z.number().positive().optional(),
  at: at.optional(),
});
export type HumanAskParams = z.infer<typeof humanAskParams>;

const path = z.string().min(1).max(4096);
const mcpName = z.string().min(1).max(longestMcpName);

const mcpTool = z.object({ name: z.string(), description: z.string(), parameters: jsonValue });
export type McpTool = z.infer<typeof mcpTool>;

const recordedEntry = z.custom<RecordedEntry>();

/** Methods by name. `params` is validated by the broker, `answer` by the runtime. */
export const requestSchemas = {
  "model.generate": { params: generateParams, answer: generateAnswer },
  "host.call": {
    params: z.object({
      tool: z.string().min(1),
      arguments: z.record(z.string(), jsonValue),
      by: z.enum(["agent", "procedure"]),
      at: at.optional(),
    }),
    answer: z.object({ result: jsonValue }),
  },
  /**
   * Tools of an MCP server, and the names of those that config does not allow. Without them in the answer they are those
   * of the revision that was asked with.
   */
  "mcp.list": {
    params: z.object({ server: mcpName, since: z.int().optional() }),
    answer: z.object({
      revision: z.int(),
      tools: z.array(mcpTool).optional(),
      withheld: z.array(z.string()).optional(),
    }),
  },
  "mcp.call": {
    params: z.object({ server: mcpName, tool: mcpName, arguments: z.record(z.string(), jsonValue) }),
    answer: z.object({ result: jsonValue }),
  },
  /** What a host tool does and takes, for models that it is offered to. Has no effect. */
  "host.describe": {
    params: z.object({ tool: z.string().min(1) }),
    answer: z.object({ description: z.string(), parameters: jsonObject }),
  },
  "human.ask": { params: humanAskParams, answer: z.object({ value: jsonValue, by: z.string() }) },
  "file.read": { params: z.object({ path }), answer: z.object({ text: z.string() }) },
  "file.write": {
    params: z.object({ path, text: z.string() }),
    answer: z.object({ bytes: z.int().nonnegative() }),
  },
  /** A piece of a file as base64: as many bytes as fit from `offset` on. `size` is that of the whole file. */
  "file.readBytes": {
    params: z.object({ path, offset: z.int().nonnegative() }),
    answer: z.object({ base64: z.string(), size: z.int().nonnegative() }),
  },
  /** One piece of a file's new content of `size` bytes. Pieces come in order; the last one writes the file. */
  "file.writeBytes": {
    params: z.object({
      path,
      offset: z.int().nonnegative(),
      base64: z.base64().max(3 * 1024 * 1024),
      size: z.int().nonnegative(),
    }),
    answer: z.object({ bytes: z.int().nonnegative() }),
  },
  "file.status": {
    params: z.object({ path }),
    answer: z.object({ exists: z.boolean(), bytes: z.int().nonnegative() }),
  },
  "file.list": {
    params: z.object({ path: z.string().max(4096) }),
    answer: z.object({ entries: z.array(z.object({ name: z.string(), directory: z.boolean() })) }),
  },
  /** Entries of the run's journal from a position (from 0), as many as fit into a message. */
  "journal.read": {
    params: z.object({ from: z.int().nonnegative() }),
    answer: z.object({ entries: z.array(recordedEntry) }),
  },
  /** Source of a module that `require` names and the start message did not carry; `null` when there is none. */
  "module.read": {
    params: z.object({ name: z.string().min(1).max(512), from: path.optional() }),
    answer: z.object({ module: z.object({ file: z.string(), source: z.string() }).nullable() }),
  },
  /** Other runs of the workspace, once all or any of them have ended; until then it is refused with `waiting`. */
  "runs.await": {
    params: z.object({
      runs: z.array(z.string().min(1).max(200)).min(1).max(200),
      mode: z.enum(["all", "any"]),
    }),
    answer: z.object({
      children: z.array(z.object({ id: z.string(), terminal: z.boolean(), status: z.string() })),
    }),
  },
  /** Source of the file that `Procedure.run` names in the file `from`, when the start message did not carry it. */
  "program.read": {
    params: z.object({ name: path, from: path }),
    answer: z.object({ program: z.object({ file: z.string(), source: z.string() }).nullable() }),
  },
  ...pluginRequests,
  /** What the file declares for its tests; asked once by each sandbox that works on them. */
  "cases.declare": { params: declaredCases, answer: plannedCases },
  "cases.next": { params: z.object({}), answer: nextCase },
} as const;

export type RequestMethod = keyof typeof requestSchemas;
/** What the broker answers; the others are answered inside the sandbox. */
export type BrokerMethod = Exclude<RequestMethod, InsideMethod>;
export type RequestParams<Method extends RequestMethod> = z.infer<(typeof requestSchemas)[Method]["params"]>;
export type RequestAnswer<Method extends RequestMethod> = z.infer<(typeof requestSchemas)[Method]["answer"]>;
