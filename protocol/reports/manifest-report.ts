import * as z from "zod";
import type { Json } from "#common/json.ts";

/** Everything that a procedure may be able to do beyond computing, as the contract names it. */
export const manifestCapability: z.ZodEnum<{
  model: "model";
  "tool.lua": "tool.lua";
  "tool.mcp": "tool.mcp";
  "tool.plugin": "tool.plugin";
  "tool.host": "tool.host";
  human: "human";
  "file.read": "file.read";
  "file.write": "file.write";
  mount: "mount";
  network: "network";
  env: "env";
  command: "command";
  image: "image";
  limit: "limit";
}> = z.enum([
  "model",
  "tool.lua",
  "tool.mcp",
  "tool.plugin",
  "tool.host",
  "human",
  "file.read",
  "file.write",
  "mount",
  "network",
  "env",
  "command",
  "image",
  "limit",
]);
export type ManifestCapability = z.infer<typeof manifestCapability>;

/** The target of an entry when only the run can know it: any that the config allows. */
export const dynamicTarget = "dynamic";

const json: z.ZodType<Json> = z.json();

/** One thing that a procedure may touch. */
export const manifestEntry = z.strictObject({
  capability: manifestCapability,
  /** What is reached: a model, a tool, a path, a host, a command line; `dynamic` where only the run can know. */
  target: z.string(),
  /** `sandboxed`: a procedure has it by itself. `trusted`: only a config, a sidecar or a plugin can give it. */
  trust: z.enum(["sandboxed", "trusted"]),
  origin: z.strictObject({ file: z.string(), line: z.int().positive() }),
  /** In plain words, foreign text: the rest of a sentence whose subject is the procedure or its config. */
  detail: z.string(),
  /** The agent that it is offered to or that uses it; absent: the procedure itself, or the whole run. */
  agent: z.string().optional(),
  /** What the procedure calls it, where that is not its target: `lookup = Tool {use = "mcp.files.read"}`. */
  name: z.string().optional(),
  /** Only in the turn at `origin`, not in each turn of the agent. */
  turn: z.boolean().optional(),
  /** What a limit or a setting is set to; secrets are hidden. */
  value: json.optional(),
  /** Of what a folder's config asks for: false where no grant gives it. */
  granted: z.boolean().optional(),
});
export type ManifestEntry = z.infer<typeof manifestEntry>;

/** What `manifest --json` prints. Stable: fields are added, never changed. */
export const manifestReport = z.strictObject({
  /** Relative to the workspace root. */
  file: z.string(),
  /** SHA-256 over all that was read, as `run.started` has it for a run that is started the same way. */
  hash: z.string(),
  entries: z.array(manifestEntry),
});
export type ManifestReport = z.infer<typeof manifestReport>;
