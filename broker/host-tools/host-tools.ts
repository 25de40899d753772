import { fail, ok } from "#common/result.ts";
import type { Environment } from "../secrets/secret-source.ts";
import type { HostToolService, Refusal } from "../services.ts";
import { type CommandTool, commandTool } from "./command-tool.ts";
import type { HostTool } from "./host-tool.ts";

export interface HostToolsOptions {
  /** Tools that trusted config declares, by name. */
  readonly commands?: Readonly<Record<string, CommandTool>>;
  /** Names that trusted config allows; a declared tool that is not here is denied. */
  readonly allowed?: readonly string[];
  /** Where the variables that a tool names are taken from. */
  readonly environment?: Environment;
}

/** Harmless, and always allowed: they give back what they got, to see that the way to the host is open. */
const builtIn: Readonly<Record<string, HostTool>> = {
  "host.ping": async (parameters) => ok({ ...parameters, ok: true, echo: parameters }),
  "host.echo": async (parameters) => ok({ echo: parameters }),
};

/**
 * The host tools of a run: denied unless built in, or both declared and allowed. Throws when the parameters of an
 * allowed tool are no JSON Schema that can be checked.
 */
export function createHostTools(options: HostToolsOptions = {}): HostToolService {
  const { commands = {}, allowed = [], environment = {} } = options;
  const tools = new Map(Object.entries(builtIn));
  for (const name of allowed) {
    const declared = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (declared && !tools.has(name)) tools.set(name, commandTool(name, declared, environment));
  }
  return {
    async call(name, parameters, context) {
      const tool = tools.get(name);
      return tool ? tool(parameters, context) : fail(denied(name));
    },
  };
}

function denied(name: string): Refusal {
  const shown = name.slice(0, 100);
  return {
    code: "tool-denied",
    message:
      `The host tool '${shown}' is not allowed. ` +
      "To allow it, declare it under `host_tools.tools` and name it in `host_tools.allow` of a trusted config.",
  };
}
