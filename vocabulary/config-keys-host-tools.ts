import type { ConfigKey } from "./config-key.ts";

type Field = readonly [name: string, type: ConfigKey["type"], doc: string, more: Partial<ConfigKey>];

const noShell =
  "It runs on this machine, outside the sandbox, without a shell. `{name}` stands for an argument: it stays one argument, and can't begin with `-` unless `--` stands before it. All arguments come as JSON on standard input too.";

const places = "`{name}` stands for an argument of the call.";
const secretPlaces = "`{name}` stands for an argument of the call or for one of `secrets`.";

const commandFields: readonly Field[] = [
  [
    "command",
    "texts",
    "Program and arguments.",
    {
      effect: noShell,
      examples: [
        ["git", "status", "--short"],
        ["git", "log", "--", "{path}"],
      ],
    },
  ],
  [
    "output",
    "text",
    "What the answer is read as.",
    {
      values: ["json", "text"],
      effect: "Without it a command answers with JSON, and a request with what its content type says.",
    },
  ],
  [
    "env",
    "texts",
    "Environment variables that a command or module gets; everything else is left out.",
    {
      effect: "The place for secrets: they reach the tool and never the sandbox.",
      examples: [["GITHUB_TOKEN"]],
    },
  ],
];

const requestFields: readonly Field[] = [
  [
    "request",
    "mapping",
    "A request over HTTP.",
    {
      effect: "It is sent from this machine. Redirects are followed on the same server only.",
      examples: [{ url: "https://tickets.example.com/tickets/{id}" }],
    },
  ],
  [
    "request.method",
    "text",
    "Its method.",
    { default: "GET", values: ["GET", "POST", "PUT", "PATCH", "DELETE"] },
  ],
  [
    "request.url",
    "text",
    "Its address.",
    {
      effect: `${places} It is encoded, and can't change the server or leave its part of the path.`,
      examples: ["https://tickets.example.com/tickets/{id}"],
    },
  ],
  ["request.query", "mapping", "Its query.", { examples: [{ state: "{state}" }] }],
  [
    "request.query.*",
    "text",
    "One value of the query.",
    { effect: `${secretPlaces} Left out when the argument is not given.`, examples: ["{state}"] },
  ],
  ["request.headers", "mapping", "Its headers.", { examples: [{ Authorization: "Bearer {TICKETS_TOKEN}" }] }],
  [
    "request.headers.*",
    "text",
    "One header.",
    { effect: secretPlaces, examples: ["Bearer {TICKETS_TOKEN}"] },
  ],
  [
    "request.body",
    "any",
    "Its body, sent as JSON.",
    {
      effect: `${secretPlaces} A text that is nothing else keeps the type of the argument.`,
      examples: [{ title: "{title}", labels: "{labels}" }],
    },
  ],
  [
    "request.secrets",
    "texts",
    "Variables with secrets that it uses.",
    {
      effect:
        "Read on this machine at each call; the sandbox never sees them, and answers that hold one are redacted.",
      examples: [["TICKETS_TOKEN"]],
    },
  ],
];

const otherKinds: readonly Field[] = [
  [
    "editor_command",
    "text",
    "A command of VS Code.",
    {
      effect: "Only in runs that are started from the editor; elsewhere a call is denied.",
      examples: ["workbench.action.files.saveAll"],
    },
  ],
  ["arguments", "any", "What the editor's command is given.", { effect: places, examples: [["{uri}"]] }],
  [
    "module",
    "text",
    "A JavaScript file whose export `{description, schema, handler}` is the tool.",
    {
      refersTo: "path",
      effect:
        "It runs on this machine, in a process of its own for each call, with nothing in its environment but `env`.",
      examples: ["./tools.mjs"],
    },
  ],
  [
    "export",
    "text",
    "The export of the module.",
    { effect: "Without it the last part of the tool's name.", examples: ["createTicket"] },
  ],
];

const ruleFields: readonly Field[] = [
  ["description", "text", "What it does, for the model.", { examples: ["Lists changed files."] }],
  ["timeout", "seconds", "Seconds until it is stopped.", { default: 60 }],
  [
    "approval",
    "text",
    "Whether a person is asked before it is called.",
    {
      default: "never",
      values: ["never", "once", "each"],
      effect:
        "The person sees exactly what will happen. Where nobody answers within five minutes, the call is denied.",
    },
  ],
  [
    "limits",
    "mapping",
    "How often it may be called, and with how much.",
    { examples: [{ calls_per_run: 10 }] },
  ],
  ["limits.calls_per_minute", "integer", "Most calls in a minute.", { default: 60 }],
  ["limits.calls_per_run", "integer", "Most calls in a run.", { default: 1000 }],
  ["limits.argument_size", "size", "Most bytes of its arguments as JSON.", { default: "256k" }],
  ["limits.result_size", "size", "Most bytes of its answer.", { default: "1m" }],
  [
    "input",
    "mapping",
    "Its arguments; a call with others is refused.",
    { examples: [{ path: { type: "string", required: true } }] },
  ],
  ["input.*", "mapping", "One argument.", { examples: [{ type: "string", required: true }] }],
  [
    "input.*.type",
    "text",
    "Its type.",
    { values: ["string", "number", "integer", "boolean", "array", "object"] },
  ],
  ["input.*.required", "boolean", "Whether the call must give it.", { default: false }],
  ["input.*.description", "text", "What it means, for the model.", { examples: ["Folder to look at."] }],
  ["input.*.default", "any", "Used when it is not given.", { examples: ["."] }],
  ["input.*.enum", "any", "The only values it may have.", { examples: [["short", "long"]] }],
  [
    "input.*.pattern",
    "text",
    "A regular expression that a text must fit.",
    { examples: ["^[A-Z]+-[0-9]+$"] },
  ],
  ["input.*.minimum", "number", "The least number.", { examples: [1] }],
  ["input.*.maximum", "number", "The greatest number.", { examples: [100] }],
];

const fields = [...commandFields, ...requestFields, ...otherKinds, ...ruleFields];

/** Keys about tools on the host. */
export const hostToolKeys: readonly ConfigKey[] = [
  {
    path: "host_tools",
    type: "mapping",
    trust: "widens",
    doc: "Tools on this machine, outside the sandbox.",
    effect: "Procedures call them with `Host.call`. They are the place for whatever needs a secret.",
    examples: [{ allow: ["git.status"] }],
  },
  {
    path: "host_tools.allow",
    type: "texts",
    trust: "widens",
    refersTo: "hostTool",
    doc: "Host tools that may be called.",
    effect:
      "A tool that is declared and not named here is denied. `host.ping` and `host.echo` are always allowed.",
    examples: [["git.status"]],
  },
  {
    path: "host_tools.tools",
    type: "mapping",
    trust: "widens",
    ownConfigOnly: true,
    doc: "Commands, requests, editor commands and modules on this machine, offered as tools.",
    examples: [{ "git.status": { command: ["git", "status", "--short"], output: "text" } }],
  },
  {
    path: "host_tools.tools.*",
    type: "mapping",
    trust: "widens",
    ownConfigOnly: true,
    doc: "One tool: a `command`, a `request`, an `editor_command` or a `module`.",
    examples: [{ command: ["git", "status", "--short"], output: "text" }],
  },
  ...fields.map(
    ([name, type, doc, more]): ConfigKey => ({
      path: `host_tools.tools.*.${name}`,
      type,
      trust: "widens",
      ownConfigOnly: true,
      doc,
      ...more,
    }),
  ),
];
