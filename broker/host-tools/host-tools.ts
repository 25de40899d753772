import type { JsonObject } from "#common/json.ts";
import { fail, ok, type Result } from "#common/result.ts";
import type { SecretVariables } from "../secrets/secret-variables.ts";
import type { HostToolService, Refusal } from "../services.ts";
import { commandAction } from "./command-action.ts";
import { type EditorCommands, editorAction } from "./editor-action.ts";
import type { HostAction } from "./host-tool.ts";
import type { CallRules, HostToolDeclaration } from "./host-tool-declaration.ts";
import { moduleAction } from "./module-action.ts";
import { requestAction } from "./request-action.ts";
import { callLimits, denial, RuledHostTool } from "./ruled-host-tool.ts";

export interface HostToolsOptions {
  /** Tools that trusted config declares, by name. */
  readonly tools?: Readonly<Record<string, HostToolDeclaration>>;
  /** Names that trusted config allows; a declared tool that is not here is denied. */
  readonly allowed?: readonly string[];
  /** Where the variables that a tool names are read; without it none is set. */
  readonly variables?: SecretVariables;
  /** The editor that the run was started from. */
  readonly editor?: EditorCommands;
}

/** Harmless, and always allowed: they give back what they got, to see that the way to the host is open. */
const builtIn: Readonly<Record<string, { readonly description: string; readonly action: HostAction }>> = {
  "host.ping": {
    description: "Answers with its arguments.",
    action: answering((parameters) => ({ ...parameters, ok: true, echo: parameters })),
  },
  "host.echo": {
    description: "Gives its arguments back.",
    action: answering((parameters) => ({ echo: parameters })),
  },
};

function answering(answer: (parameters: JsonObject) => JsonObject): HostAction {
  return { prepare: (parameters) => ok({ shown: parameters, run: async () => ok(answer(parameters)) }) };
}

/** They cost nothing, so that only the limits of a run hold for them. */
function builtInRules(description: string): CallRules {
  return { description, limits: { callsPerMinute: Infinity, callsPerRun: Infinity } };
}

const noVariables: SecretVariables = { read: async () => ({}), readSecrets: async () => ({}) };

/** The host tools of a run: denied unless built in, or both declared and allowed. */
export function createHostTools(options: HostToolsOptions = {}): HostToolService {
  const tools = allowedTools(options);
  const find = (name: string): Result<RuledHostTool, Refusal> => tools.get(name) ?? fail(notAllowed(name));
  return {
    async describe(name, { signal }) {
      const tool = find(name);
      return tool.ok ? tool.value.describe(signal) : tool;
    },
    async call(name, parameters, context) {
      const tool = find(name);
      return tool.ok ? tool.value.call(parameters, context) : tool;
    },
  };
}

/** Each allowed tool, or why it can't be called here. */
function allowedTools(options: HostToolsOptions): Map<string, Result<RuledHostTool, Refusal>> {
  const { tools: declared = {}, allowed = [] } = options;
  const tools = new Map<string, Result<RuledHostTool, Refusal>>();
  for (const name of allowed) {
    const declaration = Object.hasOwn(declared, name) ? declared[name] : undefined;
    if (!declaration) continue;
    const action = actionOf(name, declaration, options);
    tools.set(name, action.ok ? ok(new RuledHostTool(name, declaration, action.value)) : action);
  }
  for (const [name, { description, action }] of Object.entries(builtIn))
    tools.set(name, ok(new RuledHostTool(name, builtInRules(description), action)));
  return tools;
}

function actionOf(
  name: string,
  declaration: HostToolDeclaration,
  { variables = noVariables, editor }: HostToolsOptions,
): Result<HostAction, Refusal> {
  const { action } = declaration;
  const { resultBytes } = callLimits(declaration);
  switch (action.kind) {
    case "command":
      return ok(commandAction(action, { variables, maximumOutputBytes: resultBytes }));
    case "request":
      return ok(requestAction(action, { variables, maximumAnswerBytes: resultBytes }));
    case "module":
      return ok(moduleAction(action, { variables, maximumOutputBytes: resultBytes }));
    case "editor":
      return editor ? ok(editorAction(action, editor)) : fail(onlyInEditor(name));
  }
}

function notAllowed(name: string): Refusal {
  return denial(
    `The host tool '${name.slice(0, 100)}' is not allowed. ` +
      "To allow it, declare it under `host_tools.tools` and name it in `host_tools.allow` of a trusted config.",
  );
}

function onlyInEditor(name: string): Refusal {
  return denial(
    `The host tool '${name}' is a command of the editor: it is there only in a run that was started from the editor.`,
  );
}
