import * as z from "zod";
import { jsonValue } from "#protocol/json-value.ts";

/** A text of a plugin, as it was reviewed: part of the plan, and sent in with the start. */
export interface PluginSource {
  /** Path for people: relative to the workspace where it lies in it. */
  readonly file: string;
  /** Name under which other plugins import it. */
  readonly module: string;
  readonly source: string;
  /** False for a file whose name begins with `_`: others import it, it gives no tools of its own. */
  readonly givesTools: boolean;
}

/** The Python plugins of a run. */
export interface PluginStart {
  /** False in the embedded isolation, which holds no other programs. */
  readonly runnable: boolean;
  readonly sources: readonly PluginSource[];
  /** Paths of `tool_paths` that a folder asks for and that were not granted. */
  readonly withheld: readonly string[];
}

/** One function of a plugin, as a tool. */
const pluginTool = z.object({
  module: z.string(),
  name: z.string(),
  description: z.string(),
  /** JSON Schema, derived from the function's signature. */
  parameters: z.record(z.string(), jsonValue),
});
export type PluginTool = z.infer<typeof pluginTool>;

/** Requests about plugins; answered inside the sandbox, where they run. */
export const pluginRequests = {
  /** All tools. `problems`: files and functions that give none, and why; told once. */
  "plugin.list": {
    params: z.object({}),
    answer: z.object({ tools: z.array(pluginTool), problems: z.array(z.string()) }),
  },
  "plugin.call": {
    params: z.object({
      module: z.string(),
      name: z.string(),
      arguments: z.record(z.string(), jsonValue),
    }),
    /** The result as JSON text, which keeps 2.0 and 2 apart. */
    answer: z.object({ text: z.string() }),
  },
} as const;
