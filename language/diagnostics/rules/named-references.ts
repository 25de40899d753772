import type { DiagnosticCode } from "#language/diagnostics/catalogue.ts";
import type { Rule, StatementContext } from "#language/diagnostics/rule.ts";
import { namesOfKind } from "#language/semantics/declared-names.ts";
import { type NamedReference, namedReferences } from "#language/semantics/named-references.ts";
import { nearestName } from "#language/text-checks/nearest-name.ts";

/** What a kind of name is called, and the code when there is none. Kinds that only a run can know are left out. */
const checked: Readonly<Record<string, { readonly code: DiagnosticCode; readonly what: string }>> = {
  toolOrToolset: { code: "unknown-tool", what: "tool or toolset" },
  toolset: { code: "unknown-tool", what: "toolset" },
  tool: { code: "unknown-tool", what: "tool" },
  agent: { code: "unknown-agent", what: "agent" },
  context: { code: "unknown-name", what: "context" },
  corpus: { code: "unknown-name", what: "corpus" },
  hitl: { code: "unknown-name", what: "Hitl" },
  procedure: { code: "unknown-name", what: "procedure" },
  provider: { code: "unknown-provider", what: "provider" },
};

/** Texts that name a tool, a toolset, an agent or a provider which does not exist. */
export const unknownReferences: Rule = {
  statement: (context) => {
    for (const reference of namedReferences(context.model)) check(reference, context);
  },
};

function check(reference: NamedReference, context: StatementContext): void {
  const rule = checked[reference.kind];
  if (!rule || reference.text.includes("{")) return;
  const known = namesOfKind(reference.kind, context);
  if (known.names.has(reference.text) || known.isOpen) return;
  if (reference.kind === "tool" && isLenient(reference)) return;
  if (reference.text.startsWith("mcp.")) {
    checkServer(reference, context);
    return;
  }
  const guess = nearestName(reference.text, known.names);
  context.report({
    code: rule.code,
    span: reference.span,
    message: `There is no ${rule.what} "${reference.text}".${guess === undefined ? "" : ` Did you mean "${guess}"?`}`,
    ...((reference.kind === "tool" || guess === undefined) && { severity: "warning" as const }),
    ...(guess !== undefined && {
      fixes: [
        {
          title: `Replace with "${guess}"`,
          edits: [{ start: reference.span.start, end: reference.span.end, text: guess }],
          isPreferred: true,
        },
      ],
    }),
  });
}

/** Per-turn tools have a rule of their own, and a mock may record a call of anything. */
function isLenient({ call, site }: NamedReference): boolean {
  if (site?.kind === "Mocks") return true;
  return call !== undefined && call.arguments[0]?.kind === "TableExpression";
}

/** `mcp.server.tool`, where only the server can be known. */
function checkServer({ text, span }: NamedReference, { file, project, report }: StatementContext): void {
  const { isKnown, mcpServers } = project.configurationOf(file.uri);
  const server = text.split(".")[1] ?? "";
  if (!isKnown || mcpServers.has(server)) return;
  report({
    code: "unknown-mcp-server",
    span,
    message: `No configuration defines the MCP server "${server}": add it under mcp_servers.`,
  });
}
