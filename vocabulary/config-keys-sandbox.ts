import type { ConfigKey } from "./config-key.ts";

const limitNote = "A folder may set less than what holds without it; more takes a grant.";

/** Keys about how a run is confined. */
export const sandboxConfigKeys: readonly ConfigKey[] = [
  {
    path: "sandbox",
    type: "mapping",
    trust: "widens",
    doc: "How a run is confined.",
    examples: [{ timeout: 600, network: "none", limits: { memory: "1g", cpus: "1" } }],
  },
  {
    path: "sandbox.enabled",
    type: "boolean",
    default: true,
    trust: "widens",
    doc: "False means the weaker embedded isolation; there is no way to run with none.",
  },
  {
    path: "sandbox.image",
    type: "text",
    trust: "widens",
    ownConfigOnly: true,
    doc: "Container image in place of the one that is built here.",
    effect: "It is trusted as it is, and never built or pulled.",
    examples: ["registry.example.com/team/sandbox:1.4.2"],
  },
  {
    path: "sandbox.env",
    type: "mapping",
    trust: "widens",
    doc: "Environment variables inside the sandbox.",
    examples: [{ STAGE: "test" }],
  },
  {
    path: "sandbox.env.*",
    type: "text",
    trust: "widens",
    doc: "One variable; keys are refused.",
    effect: "Whatever runs in the sandbox can read it. What needs a key belongs into a host tool.",
    examples: ["test"],
  },
  {
    path: "sandbox.mount_current_dir",
    type: "boolean",
    trust: "widens",
    doc: "True: files that a run writes are the workspace's own; false: the procedure sees an empty workspace.",
    effect:
      "Without it a run works on a copy, and its changes are kept apart until you apply them; in a folder that the editor trusts it works on the folder.",
    examples: [false],
  },
  {
    path: "sandbox.volumes",
    type: "texts",
    trust: "widens",
    refersTo: "mount",
    doc: "Further folders: host:container[:ro|rw].",
    effect: "Read-only unless `:rw` is written. Relative folders start at the folder of this file.",
    examples: [["./data:/data:ro"]],
  },
  {
    path: "sandbox.mcp_servers_path",
    type: "text",
    default: "~/.tactus/mcp-servers",
    trust: "widens",
    refersTo: "path",
    doc: "Folder with the programs of MCP servers that live in the sandbox.",
    effect: "Mounted read-only at `/mcp-servers` for runs that have such a server, when it exists.",
    examples: ["~/.tactus/mcp-servers"],
  },
  {
    path: "sandbox.network",
    type: "text",
    default: "none",
    trust: "widens",
    refersTo: "network",
    doc: "None, or a container network.",
    effect: "With `none` a run reaches nothing but the models and tools that it is given.",
    examples: ["none"],
  },
  {
    path: "sandbox.container_runtime",
    type: "text",
    default: "default",
    values: ["default", "runsc"],
    trust: "tightens",
    doc: "What the engine runs the container with: its default, or gVisor (`runsc`), a second kernel around the run.",
    effect:
      "With `runsc` nothing runs on an engine that does not offer it. A folder may ask for it, never take it back.",
    examples: ["runsc"],
  },
  {
    path: "sandbox.limits",
    type: "mapping",
    trust: "widens",
    doc: "Limits of the sandbox.",
    examples: [{ memory: "1g", cpus: "1" }],
  },
  {
    path: "sandbox.limits.memory",
    type: "size",
    default: "2g",
    trust: "widens",
    doc: "Most memory: a number with `m` or `g`.",
    effect: limitNote,
    examples: ["512m", "2g"],
  },
  {
    path: "sandbox.limits.cpus",
    type: "number",
    default: 2,
    trust: "widens",
    doc: "Most processors.",
    effect: limitNote,
    examples: ["2", 0.5],
  },
  {
    path: "sandbox.timeout",
    type: "seconds",
    default: 3600,
    trust: "widens",
    doc: "Longest time of a run, in seconds.",
    effect: limitNote,
    examples: [600],
  },
];

/** Values for the inputs of the one procedure that a sidecar belongs to. */
export const inputConfigKeys: readonly ConfigKey[] = [
  {
    path: "inputs",
    type: "mapping",
    trust: "tightens",
    onlyIn: "sidecar",
    doc: "Values of the procedure's inputs for runs that give none.",
    effect: "What a run is given wins. The names and types are those that the `.tac` declares.",
    examples: [{ topic: "sandboxes", limit: 3 }],
  },
  {
    path: "inputs.*",
    type: "any",
    trust: "tightens",
    onlyIn: "sidecar",
    doc: "The value of one input.",
    examples: ["sandboxes", 3],
  },
];
