import path from "node:path";
import type { ActionDeclaration, HostToolDeclaration } from "#broker/host-tools/host-tool-declaration.ts";
import type { JsonObject } from "#common/json.ts";
import type { ResolvedConfig, ResolvedHostTool } from "#language/sidecar/resolved-config.ts";
import { parseSize } from "#language/sidecar/sizes.ts";

/** The host tools of a config as the broker takes them; paths start at the folder of the file that declares them. */
export function hostToolDeclarations({ hostTools }: ResolvedConfig): Record<string, HostToolDeclaration> {
  return Object.fromEntries(
    Object.entries(hostTools.tools).flatMap(([name, tool]) => {
      const action = actionOf(name, tool);
      return action ? [[name, { action, ...rulesOf(tool) }]] : [];
    }),
  );
}

/** Undefined for what no checked config holds: a tool of no kind. */
function actionOf(name: string, tool: ResolvedHostTool): ActionDeclaration | undefined {
  const { command, request, editor_command: editorCommand, module, env, output } = tool;
  const folder = path.dirname(tool.file);
  const shared = { ...(env && { environment: env }), ...(output && { output }) };
  if (command) {
    const [program = "", ...rest] = command;
    return { kind: "command", command: [program, ...rest], folder, ...shared };
  }
  if (request) return requestOf(request, output);
  if (editorCommand !== undefined)
    return { kind: "editor", command: editorCommand, arguments: tool.arguments ?? [] };
  if (module === undefined) return undefined;
  const exported = tool.export ?? name.slice(name.lastIndexOf(".") + 1);
  return { kind: "module", file: path.resolve(folder, module), export: exported, ...shared };
}

function requestOf(
  { method = "GET", url, query, headers, body, secrets }: NonNullable<ResolvedHostTool["request"]>,
  output: ResolvedHostTool["output"],
): ActionDeclaration {
  return {
    kind: "request",
    method,
    url,
    ...(query && { query }),
    ...(headers && { headers }),
    ...(body !== undefined && { body }),
    ...(secrets && { secrets }),
    ...(output && { output }),
  };
}

function rulesOf(tool: ResolvedHostTool): Omit<HostToolDeclaration, "action"> {
  const { description, input, timeout, approval = "never", limits = {} } = tool;
  const argumentBytes = parseSize(limits.argument_size ?? "");
  const resultBytes = parseSize(limits.result_size ?? "");
  return {
    ...(description !== undefined && { description }),
    ...(input && { parameters: parametersOf(input) }),
    ...(timeout !== undefined && { timeoutSeconds: timeout }),
    ...(approval !== "never" && { approval }),
    limits: {
      ...(limits.calls_per_minute !== undefined && { callsPerMinute: limits.calls_per_minute }),
      ...(limits.calls_per_run !== undefined && { callsPerRun: limits.calls_per_run }),
      ...(argumentBytes !== undefined && { argumentBytes }),
      ...(resultBytes !== undefined && { resultBytes }),
    },
  };
}

/** The inputs of a host tool as JSON Schema. */
function parametersOf(input: NonNullable<ResolvedHostTool["input"]>): JsonObject {
  const properties = Object.entries(input).map(([name, { required: _required, ...field }]) => [name, field]);
  return {
    type: "object",
    properties: Object.fromEntries(properties),
    required: Object.entries(input).flatMap(([name, field]) => (field.required ? [name] : [])),
    additionalProperties: false,
  };
}
