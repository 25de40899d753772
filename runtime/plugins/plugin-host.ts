import { fileURLToPath } from "node:url";
import { errorText } from "#common/error-text.ts";
import { isJsonObject, type Json, type JsonObject } from "#common/json.ts";
import type { PluginStart } from "#protocol/wire/plugins.ts";
import type { RequestParams } from "#protocol/wire/requests.ts";
import { RequestRefused } from "../ports.ts";
import { BoundedOutput, type PluginOutput } from "./bounded-output.ts";
import { problemText, refusalOf } from "./plugin-failure.ts";
import { PluginProcess, PluginProcessLost } from "./plugin-process.ts";

export interface PluginHostOptions {
  readonly plugins: PluginStart;
  readonly onOutput: PluginOutput;
  readonly program?: string;
  readonly callSeconds?: number;
}

/** Where the image and Debian have it. */
const pythonProgram = "/usr/bin/python3";
const loadSeconds = 60;
const defaultCallSeconds = 300;
/** Starts of the process in one run; beyond them its plugins are given up. */
const maximumStarts = 5;
/** Bytes of one result as JSON text; an answer has to fit into a frame beside its envelope. */
const maximumResultBytes = 1024 * 1024;

/**
 * The plugins of one run: starts their process when the first of them is asked for, starts it again after a crash, and
 * ends it with the run.
 */
export class PluginHost {
  readonly #options: PluginHostOptions;
  readonly #output: BoundedOutput;
  #process: PluginProcess | undefined;
  #described: Json = { tools: [], problems: [] };
  #starts = 0;

  constructor(options: PluginHostOptions) {
    this.#options = options;
    this.#output = new BoundedOutput(options.onOutput);
  }

  /** All tools and what could not become one. Throws RequestRefused. */
  async list(): Promise<Json> {
    await this.#started();
    return this.#described;
  }

  /** Calls one tool. Throws RequestRefused with what the function raised, or with why there is no answer. */
  async call({ module, name, arguments: given }: RequestParams<"plugin.call">): Promise<Json> {
    const process = await this.#started();
    const { callSeconds = defaultCallSeconds } = this.#options;
    const answer = await this.#ask(process, { module, name, arguments: given }, callSeconds, name);
    const { text, error } = answer;
    if (typeof text !== "string") throw refusalOf(name, error);
    return { text };
  }

  /** Ends the process. */
  dispose(): void {
    this.#process?.kill();
  }

  async #started(): Promise<PluginProcess> {
    if (this.#process && !this.#process.isLost) return this.#process;
    if (this.#starts >= maximumStarts) {
      throw new RequestRefused(
        "plugin-unavailable",
        `The plugin process ended ${maximumStarts} times in this run and is not started again.`,
      );
    }
    this.#starts += 1;
    const process = this.#start();
    this.#process = process;
    this.#described = describedTools(await this.#ask(process, this.#load(), loadSeconds, "The plugins"));
    return process;
  }

  #start(): PluginProcess {
    const program = this.#options.program ?? pythonProgram;
    const onOutput: PluginOutput = (stream, text) => this.#output.add(stream, text);
    try {
      return new PluginProcess({ program, script: scriptFolder(), onOutput });
    } catch (error) {
      // Most failures come later, as an event; a system that lets nothing start throws at once.
      throw lossRefusal(new PluginProcessLost("missing", errorText(error)), "The plugins");
    }
  }

  #load(): JsonObject {
    const sources = this.#options.plugins.sources.map((source) => ({ ...source }));
    return { sources, maximumResultBytes, memoryBytes: memoryShare() };
  }

  async #ask(
    process: PluginProcess,
    message: JsonObject,
    seconds: number,
    subject: string,
  ): Promise<JsonObject> {
    try {
      return await process.request(message, seconds * 1000);
    } catch (thrown) {
      if (!(thrown instanceof PluginProcessLost)) throw thrown;
      throw lossRefusal(thrown, subject);
    }
  }
}

function lossRefusal({ reason, message }: PluginProcessLost, subject: string): RequestRefused {
  if (reason === "timeout") {
    return new RequestRefused("plugin-timeout", `${subject}: ${message}; the plugin process was ended.`);
  }
  if (reason === "crashed") {
    return new RequestRefused("plugin-crashed", `${subject}: the plugin process is gone: ${message}.`);
  }
  return new RequestRefused(
    "plugin-unavailable",
    `Python could not be started in the sandbox (${message}). An image of your own under \`sandbox.image\` needs ${pythonProgram}.`,
  );
}

/** The tools as the process described them, and its problems as lines for people. */
function describedTools({ tools = [], problems }: JsonObject): Json {
  const listed = Array.isArray(problems) ? problems.filter(isJsonObject) : [];
  return { tools, problems: listed.map((problem) => problemText(problem)) };
}

/** Half of what the container may use; nothing where there is no such limit. */
function memoryShare(): number | null {
  const limit = process.constrainedMemory();
  return limit > 0 && limit < 2 ** 40 ? Math.floor(limit / 2) : null;
}

/** Our Python code lies beside the bundle, or beside this file in the sources. */
function scriptFolder(): string {
  const folder = import.meta.url.endsWith(".ts") ? "./python" : "./plugins";
  return fileURLToPath(new URL(folder, import.meta.url));
}
