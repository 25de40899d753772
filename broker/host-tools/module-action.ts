import { dirname } from "node:path";
import { isJsonObject, type Json, type JsonObject, parseJsonSafely } from "#common/json.ts";
import { fail, ok, type Result } from "#common/result.ts";
import type { SecretVariables } from "../secrets/secret-variables.ts";
import type { HostAction, ToolDescription } from "./host-tool.ts";
import type { ModuleDeclaration } from "./host-tool-declaration.ts";
import { moduleProgram } from "./module-program.ts";
import { runCommand } from "./run-command.ts";

export interface ModuleActionOptions {
  readonly variables: SecretVariables;
  readonly maximumOutputBytes: number;
}

/** What an order adds to the module and its export: nothing to ask what it is, a call to run it. */
type Order = { readonly call: { readonly arguments: JsonObject; readonly context: JsonObject } } | object;

/** Bytes of the envelope around a result. */
const envelopeBytes = 1024;

/**
 * Runs an export of a module in a process of its own, once for each call: it shares no memory with the broker, sees
 * only the variables that its declaration names, and is gone when the call is over.
 */
export function moduleAction(declaration: ModuleDeclaration, options: ModuleActionOptions): HostAction {
  return {
    async describe(signal) {
      const answer = await ask(declaration, {}, signal, options);
      return answer.ok ? ok(descriptionIn(answer.value)) : answer;
    },
    prepare: (parameters) =>
      ok({
        shown: { module: declaration.file, export: declaration.export, arguments: parameters },
        async run({ signal, idempotencyKey }) {
          const context = idempotencyKey === undefined ? {} : { idempotencyKey };
          const answer = await ask(
            declaration,
            { call: { arguments: parameters, context } },
            signal,
            options,
          );
          return answer.ok ? ok(answer.value["result"] ?? null) : answer;
        },
      }),
  };
}

function descriptionIn({ description, schema }: JsonObject): ToolDescription {
  return {
    description: typeof description === "string" ? description : "",
    parameters: isJsonObject(schema) ? schema : { type: "object" },
  };
}

async function ask(
  { file, export: name, environment = [] }: ModuleDeclaration,
  order: Order,
  signal: AbortSignal,
  { variables, maximumOutputBytes }: ModuleActionOptions,
): Promise<Result<JsonObject, string>> {
  const end = await runCommand({
    command: [process.execPath, "--input-type=module", "--eval", moduleProgram],
    folder: dirname(file),
    environment: { ...(await variables.read(environment)), ...asPlainNode },
    input: JSON.stringify({ file, export: name, ...order }),
    maximumOutputBytes: maximumOutputBytes + envelopeBytes,
    signal,
  });
  if (end.reason !== "exited") return fail(`${end.reason}.`);
  const answer = answerIn(end.output);
  if (!isJsonObject(answer)) return fail(`ended with code ${end.code} and without an answer.`);
  const { error } = answer;
  return error === undefined ? ok(answer) : fail(`${String(error)}.`);
}

/** The editor's own binary is a Node when it is told so. */
const asPlainNode: Readonly<Record<string, string>> =
  "electron" in process.versions ? { ELECTRON_RUN_AS_NODE: "1" } : {};

function answerIn(output: string): Json | undefined {
  try {
    return parseJsonSafely(output);
  } catch {
    return undefined;
  }
}
