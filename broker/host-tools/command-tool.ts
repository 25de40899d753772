import * as z from "zod";
import { errorText } from "#common/error-text.ts";
import { type Json, type JsonObject, parseJsonSafely } from "#common/json.ts";
import { fail, ok, type Result } from "#common/result.ts";
import type { Environment } from "../secrets/secret-source.ts";
import type { Refusal } from "../services.ts";
import { CallBudget } from "./call-budget.ts";
import type { HostTool } from "./host-tool.ts";
import { type CommandEnd, runCommand } from "./run-command.ts";

/** A host tool that trusted config declares: one program with fixed arguments, never a shell. */
export interface CommandTool {
  /** Program and its arguments, as they are started. */
  readonly command: readonly [string, ...string[]];
  /** JSON Schema of the arguments; the tool gets them as one JSON object on standard input. */
  readonly parameters?: JsonObject;
  /** Absolute folder. */
  readonly folder: string;
  /** Names of variables that are passed on; nothing else is in its environment. */
  readonly environment?: readonly string[];
  /** Default 60. */
  readonly timeoutSeconds?: number;
  /** Default 1 MiB. */
  readonly maximumOutputBytes?: number;
  /** Default 60. */
  readonly callsPerMinute?: number;
}

/** Makes a host tool of a declared command. Throws when its parameters are no JSON Schema that can be checked. */
export function commandTool(name: string, tool: CommandTool, environment: Environment): HostTool {
  const schema = argumentSchema(name, tool.parameters);
  const budget = new CallBudget(tool.callsPerMinute ?? 60);
  const variables = (tool.environment ?? []).flatMap((variable) => {
    const value = environment[variable];
    return value === undefined ? [] : [[variable, value]];
  });
  return async (parameters, { signal }) => {
    const checked = schema.safeParse(parameters);
    if (!checked.success) return fail(wrongArguments(name, checked.error));
    if (!budget.take()) return fail(tooOften(name));
    const end = await runCommand({
      command: tool.command,
      folder: tool.folder,
      environment: Object.fromEntries(variables),
      input: JSON.stringify(parameters),
      timeoutSeconds: tool.timeoutSeconds ?? 60,
      maximumOutputBytes: tool.maximumOutputBytes ?? 1024 * 1024,
      signal,
    });
    return resultOf(name, end);
  };
}

function argumentSchema(name: string, parameters: JsonObject | undefined): z.ZodType {
  if (!parameters) return z.record(z.string(), z.json());
  try {
    return z.fromJSONSchema(structuredClone(parameters));
  } catch (error) {
    throw new Error(`The parameters of host tool '${name}' are no usable JSON Schema: ${errorText(error)}`);
  }
}

/** What standard output says, as JSON. What the program wrote to standard error stays on the host. */
function resultOf(name: string, end: CommandEnd): Result<Json, Refusal> {
  if (end.reason !== "exited")
    return fail({ code: "host-tool-failed", message: `Host tool '${name}' ${end.reason}.` });
  if (end.code !== 0) {
    return fail({ code: "host-tool-failed", message: `Host tool '${name}' ended with code ${end.code}.` });
  }
  try {
    return ok(parseJsonSafely(end.output));
  } catch {
    return fail({ code: "host-tool-failed", message: `Host tool '${name}' did not answer with JSON.` });
  }
}

function wrongArguments(name: string, error: z.ZodError): Refusal {
  const problem = z.prettifyError(error).slice(0, 300);
  return { code: "host-tool-failed", message: `The arguments of host tool '${name}' are wrong: ${problem}` };
}

function tooOften(name: string): Refusal {
  return {
    code: "host-tool-failed",
    message: `Host tool '${name}' was called more often in a minute than its declaration allows.`,
  };
}
