import { fail } from "#common/result.ts";
import type { Environment } from "../secrets/secret-source.ts";
import type { HostToolService } from "../services.ts";
import type { CommandTool } from "./command-tool.ts";

export interface HostToolsOptions {
  /** Tools that trusted config declares, by name. */
  readonly commands?: Readonly<Record<string, CommandTool>>;
  /** Names that trusted config allows; a declared tool that is not here is denied. */
  readonly allowed?: readonly string[];
  /** Where the variables that a tool names are taken from. */
  readonly environment?: Environment;
}

/** The host tools of a run: denied unless built in or both declared and allowed. */
export function createHostTools(_options: HostToolsOptions = {}): HostToolService {
  return { call: async () => fail({ code: "tool-denied", message: "not there yet" }) };
}
