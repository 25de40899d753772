import type { DiagnosticCode } from "#language/diagnostics/catalogue.ts";
import { replacement } from "#language/diagnostics/fields/field-findings.ts";
import type { Finding, Rule } from "#language/diagnostics/rule.ts";
import type { ConfigurationFacts } from "#language/project/project-view.ts";
import { type DeclaredNames, namesOfKind } from "#language/semantics/declared-names.ts";
import { type NamedReference, namedReferences } from "#language/semantics/named-references.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import type { Span } from "#language/syntax/tree.ts";
import { nearestName } from "#language/text-checks/nearest-name.ts";

/** What a kind of name is called, and the code when there is none. Kinds that only a run can know are left out. */
const checked: Readonly<Record<string, { readonly code: DiagnosticCode; readonly what: string }>> = {
  toolOrToolset: { code: "unknown-tool", what: "tool or toolset" },
  toolset: { code: "unknown-tool", what: "toolset" },
  tool: { code: "unknown-tool", what: "tool" },
  agent: { code: "unknown-agent", what: "agent" },
  model: { code: "unknown-name", what: "model" },
  prompt: { code: "unknown-name", what: "prompt" },
  context: { code: "unknown-name", what: "context" },
  corpus: { code: "unknown-name", what: "corpus" },
  retriever: { code: "unknown-name", what: "retriever" },
  compactor: { code: "unknown-name", what: "compactor" },
  hitl: { code: "unknown-name", what: "Hitl" },
  task: { code: "unknown-name", what: "task" },
  procedure: { code: "unknown-name", what: "procedure" },
  provider: { code: "unknown-provider", what: "provider" },
};

/** Host tools that are there without any configuration. */
const builtInHostTools = ["host.ping", "host.echo"];

/** How the source of a tool begins. */
const sources = ["broker.", "mcp.", "plugin."];

/** Texts that name what does not exist: tools, agents, providers, tools of the host, servers. */
export const unknownReferences: Rule = {
  // What a text can name depends on the whole file and on what surrounds it.
  file: (context) => {
    const known = new Map<NamedReference["kind"], DeclaredNames>();
    const namesOf = (kind: NamedReference["kind"]): DeclaredNames => {
      const names = known.get(kind) ?? namesOfKind(kind, context);
      known.set(kind, names);
      return names;
    };
    const configuration = context.project.configurationOf(context.file.uri);
    for (const model of context.file.models) {
      const report = (finding: Finding): void => context.report(model, finding);
      for (const reference of namedReferences(model))
        if (!isOwnName(reference, model)) check(reference, { configuration, namesOf, report });
    }
  },
};

interface Surroundings {
  readonly configuration: ConfigurationFacts;
  readonly namesOf: (kind: NamedReference["kind"]) => DeclaredNames;
  readonly report: (finding: Finding) => void;
}

/** The text by which a declaration itself is named. */
function isOwnName({ span }: NamedReference, { sites }: StatementModel): boolean {
  return sites.some(({ name }) => name?.span.start === span.start);
}

function check(reference: NamedReference, around: Surroundings): void {
  const { kind, text, span } = reference;
  if (kind === "hostTool") checkHostTool(text, span, around);
  else if (kind === "mcpServer") checkServer(text, span, around);
  else if (kind === "toolSource") checkSource(reference, around);
  else if (text.startsWith("mcp.")) checkServerIn(reference, around);
  else checkName(reference, around);
}

function checkName(reference: NamedReference, { namesOf, report }: Surroundings): void {
  const { kind, text, span } = reference;
  const rule = checked[kind];
  if (!rule || text.includes("{")) return;
  const known = namesOf(kind);
  if (known.names.has(text) || known.isOpen) return;
  if (isLenient(reference)) return;
  const guess = nearestName(text, known.names);
  report({
    code: rule.code,
    span,
    message: `There is no ${rule.what} "${text}".${meant(guess)}`,
    ...((kind === "tool" || guess === undefined) && { severity: "warning" as const }),
    ...fixWith(span, guess),
  });
}

/** Per-turn tools have a rule of their own, a mock may record any call, and `Model(name)` may be about to declare. */
function isLenient({ kind, call, site, isTurn }: NamedReference): boolean {
  if (kind === "model") return call !== undefined || site?.kind === "Model";
  return kind === "tool" && (site?.kind === "Mocks" || isTurn === true);
}

function checkSource({ text, span }: NamedReference, around: Surroundings): void {
  if (text.startsWith("broker.")) {
    const name = { start: span.start + "broker.".length, end: span.end };
    checkHostTool(text.slice("broker.".length), name, around);
    return;
  }
  if (text.startsWith("mcp.")) {
    checkServerIn({ text, span }, around);
    return;
  }
  if (/^plugin\.|^\.{0,2}\/|\.tac$/.test(text)) return;
  around.report(text.startsWith("cli.") ? programSource(text, span) : unknownSource(text, span));
}

/** The language has this source; here no procedure starts programs. */
function programSource(text: string, span: Span): Finding {
  return {
    code: "unknown-tool",
    span,
    message: `A procedure never starts a program, and "${text}" would. Declare a host tool with a command in your own config, and write "broker.<its name>".`,
  };
}

function unknownSource(text: string, span: Span): Finding {
  const guess = nearestName(`${text.split(".")[0] ?? ""}.`, sources);
  const end = span.start + text.indexOf(".") + 1;
  return {
    code: "unknown-tool",
    span,
    message: `"${text}" names no source of a tool: it begins with ${sources.map((each) => `"${each}"`).join(", ")} or is the path of a file.${meant(guess)}`,
    ...(text.includes(".") && fixWith({ start: span.start, end }, guess)),
  };
}

function checkHostTool(
  name: string,
  span: Span,
  { configuration: { isKnown, hostTools }, report }: Surroundings,
): void {
  if (!isKnown || hostTools.has(name) || builtInHostTools.includes(name) || name === "") return;
  const guess = nearestName(name, [...builtInHostTools, ...hostTools]);
  report({
    code: "host-tool-not-allowed",
    span,
    message: `No configuration allows the host tool "${name}": the call is denied. Name it under host_tools.allow.${meant(guess)}`,
    ...fixWith(span, guess),
  });
}

/** `mcp.server.tool`, where only the server can be known. */
function checkServerIn({ text, span }: Pick<NamedReference, "text" | "span">, around: Surroundings): void {
  const server = text.split(".")[1] ?? "";
  const start = span.start + "mcp.".length;
  checkServer(server, { start, end: start + server.length }, around);
}

function checkServer(
  server: string,
  span: Span,
  { configuration: { isKnown, mcpServers }, report }: Surroundings,
): void {
  if (!isKnown || mcpServers.has(server)) return;
  const guess = nearestName(server, mcpServers);
  report({
    code: "unknown-mcp-server",
    span,
    message: `No configuration defines the MCP server "${server}": add it under mcp_servers.${meant(guess)}`,
    ...fixWith(span, guess),
  });
}

function meant(guess: string | undefined): string {
  return guess === undefined ? "" : ` Did you mean "${guess}"?`;
}

function fixWith(span: Span, guess: string | undefined): Pick<Finding, "fixes"> {
  return guess === undefined ? {} : { fixes: [replacement(span, guess)] };
}
