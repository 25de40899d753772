import { isJsonObject, type Json, parseJsonSafely } from "#common/json.ts";
import { matchesAny } from "#common/name-pattern.ts";
import { oneLine } from "#common/visible-text.ts";
import { longestMcpName } from "#protocol/wire/mcp.ts";
import { inputSchemaProblem } from "./input-schema.ts";

/** A tool that can be offered. */
export interface CheckedTool {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of its arguments. */
  readonly parameters: Json;
}

/** What a server offers, and what was left out of it and why. */
export interface CheckedTools {
  readonly tools: readonly CheckedTool[];
  /** Names of tools that config does not allow. */
  readonly withheld: readonly string[];
  readonly warnings: readonly string[];
}

/** More tools than a model could choose from. */
export const maximumTools = 500;
const maximumDescription = 4000;
/** A server that is wrong all over is not listed word by word. */
const maximumWarnings = 20;

/**
 * Looks at each tool that a server lists: one that can't be offered is left out with a warning, so that it spoils
 * neither the others nor the requests to the model. Tools that config does not allow are kept by their names alone.
 */
export function checkedTools(
  listed: readonly unknown[],
  allowed: readonly string[] | undefined,
): CheckedTools {
  const tools = new Map<string, CheckedTool>();
  const withheld: string[] = [];
  const warnings: string[] = [];
  for (const item of listed.slice(0, maximumTools)) {
    const read = readTool(item, tools);
    if (typeof read === "string") warnings.push(read);
    else if (allowed === undefined || matchesAny(read.name, allowed)) tools.set(read.name, read);
    else withheld.push(read.name);
  }
  if (listed.length > maximumTools)
    warnings.push(`It lists ${listed.length} tools; those after the first ${maximumTools} are left out.`);
  const rest = warnings.length - maximumWarnings;
  const shown =
    rest > 0 ? [...warnings.slice(0, maximumWarnings), `${rest} further tools are left out.`] : warnings;
  return { tools: [...tools.values()], withheld, warnings: shown };
}

/** The tool, or why it is left out. */
function readTool(item: unknown, earlier: ReadonlyMap<string, CheckedTool>): CheckedTool | string {
  if (!isJsonObject(item) || typeof item["name"] !== "string")
    return "It lists a tool without a name; left out.";
  const { name, description, inputSchema } = item;
  const leftOut = (reason: string): string => `The tool '${oneLine(name, 60)}' is left out: ${reason}.`;
  if (name.length === 0 || name.length > longestMcpName)
    return leftOut(`its name must have 1 to ${longestMcpName} characters`);
  if (/[\p{C}\p{Z}]/u.test(name)) return leftOut("its name holds spaces or characters that can't be seen");
  if (earlier.has(name)) return leftOut("another one has this name");
  const problem = inputSchemaProblem(inputSchema);
  if (problem !== undefined) return leftOut(`the schema of its arguments ${problem}`);
  return {
    name,
    description: typeof description === "string" ? description.slice(0, maximumDescription) : "",
    parameters: parseJsonSafely(JSON.stringify(inputSchema)),
  };
}
