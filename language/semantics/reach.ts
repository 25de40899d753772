import type { ProjectView } from "#language/project/project-view.ts";
import { calledWord, namedReferences } from "#language/semantics/named-references.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import { fieldNamed, stringLiteral } from "#language/semantics/table-fields.ts";
import type { CallExpression } from "#language/syntax/tree.ts";
import { walk } from "#language/syntax/walk.ts";

/** What a file may touch, counted. */
export interface Reach {
  readonly agents: number;
  readonly tools: number;
  readonly hostTools: number;
  readonly servers: number;
  readonly readsFiles: boolean;
  readonly writesFiles: boolean;
  readonly usesWeb: boolean;
  readonly asksPeople: boolean;
}

interface Around {
  readonly file: ProcedureFile;
  readonly project: ProjectView;
}

/** Reads from the text what a procedure may touch; what only a run can know is not counted. */
export function reachOf({ file, project }: Around): Reach {
  const parts = file.models.map((model) => statementReach(file, model));
  const sites = file.types.sites().map(({ site }) => site);
  return {
    agents: sites.filter(({ kind }) => kind === "Agent").length,
    tools: sites.filter(({ kind }) => kind === "Tool").length,
    hostTools: new Set(parts.flatMap(({ hostTools }) => hostTools)).size,
    servers: serversOf(parts, { file, project }).size,
    readsFiles: parts.some(({ readsFiles }) => readsFiles),
    writesFiles: parts.some(({ writesFiles }) => writesFiles),
    usesWeb: parts.some(({ usesWeb }) => usesWeb),
    asksPeople: parts.some(({ asksPeople }) => asksPeople),
  };
}

/** Servers that the file names; all that are configured when an agent takes whatever tools there are. */
function serversOf(parts: readonly StatementReach[], { file, project }: Around): ReadonlySet<string> {
  const configured = project.configurationOf(file.uri).mcpServers;
  if (parts.some(({ takesAllTools }) => takesAllTools)) return configured;
  const named = parts.flatMap(({ toolNames }) => toolNames);
  return new Set(
    named.flatMap((name) => {
      if (name.startsWith("mcp.")) return [name.split(".")[1] ?? ""];
      return configured.has(name) ? [name] : [];
    }),
  );
}

/** What one statement may touch. */
interface StatementReach {
  readonly hostTools: readonly string[];
  readonly toolNames: readonly string[];
  readonly takesAllTools: boolean;
  readonly readsFiles: boolean;
  readonly writesFiles: boolean;
  readonly usesWeb: boolean;
  readonly asksPeople: boolean;
}

const reachOfStatement = new WeakMap<StatementModel, StatementReach>();

function statementReach(file: ProcedureFile, model: StatementModel): StatementReach {
  const known = reachOfStatement.get(model);
  if (known) return known;
  const calls = memberCalls(model);
  const owners = calls.map((call) => ownerOf(file, model, call));
  const isFile = (name: string): boolean =>
    owners.some(
      ({ owner, member }) => (owner === "File" || owner.startsWith("tactus.io.")) && name === member,
    );
  const references = namedReferences(model);
  const sources = references.filter(({ kind }) => kind === "toolSource").map(({ text }) => text);
  const reach: StatementReach = {
    hostTools: [
      ...calls.flatMap((call, index) => (owners[index]?.owner === "Host" ? hostTool(call) : [])),
      ...sources.flatMap((text) => (text.startsWith("broker.") ? [text.slice("broker.".length)] : [])),
    ],
    toolNames: [
      ...sources,
      ...references
        .filter(
          ({ kind, site }) =>
            site?.kind !== "Mocks" && /^(?:tool|toolset|toolOrToolset|mcpServer)$/.test(kind),
        )
        .map(({ text }) => text),
    ],
    takesAllTools: model.sites.some(
      ({ kind, config }) => kind === "Agent" && config && !fieldNamed(config, "tools"),
    ),
    readsFiles: fileReaders.some(isFile),
    writesFiles: isFile("write"),
    usesWeb: owners.some(({ owner }) => owner === "tactus.web"),
    asksPeople: calls.some(
      ({ callee }, index) => owners[index]?.owner === "Human" && calledWord(callee) !== undefined,
    ),
  };
  reachOfStatement.set(model, reach);
  return reach;
}

const fileReaders = ["read", "exists", "size", "list_dir", "glob", "sheets", "list"];

type MemberCall = CallExpression & {
  readonly callee: Extract<CallExpression["callee"], { kind: "MemberExpression" }>;
};

function memberCalls(model: StatementModel): MemberCall[] {
  const calls: MemberCall[] = [];
  walk(model.top.node, (node) => {
    if (node.kind === "CallExpression" && node.callee.kind === "MemberExpression")
      calls.push({ ...node, callee: node.callee });
  });
  return calls;
}

/** `File.read`: the primitive or the module of the library whose function is called. */
function ownerOf(
  file: ProcedureFile,
  model: StatementModel,
  { callee: { object, member } }: MemberCall,
): { readonly owner: string; readonly member: string } {
  const type = file.types.typeOf(model, object);
  const isModule = type.kind === "table" && type.name?.startsWith("tactus.") === true;
  const name = object.kind === "NameExpression" ? object.text : "";
  const isLocal =
    object.kind === "NameExpression" &&
    (model.scopes.bindingOf.has(object) || file.names.topLocal(name, model.index) !== undefined);
  return { owner: isModule ? (type.name ?? "") : isLocal ? "" : name, member: member.text };
}

function hostTool(call: MemberCall): string[] {
  return [stringLiteral(call.arguments[0])?.value ?? "?"];
}

/** The reach in one line: `3 tools · 1 host tool · writes files`. */
export function reachText(reach: Reach): string {
  const parts = [
    counted(reach.agents, "agent"),
    counted(reach.tools, "tool"),
    counted(reach.hostTools, "host tool"),
    counted(reach.servers, "MCP server"),
    reach.writesFiles ? "writes files" : reach.readsFiles ? "reads files" : undefined,
    reach.usesWeb ? "searches the web" : undefined,
    reach.asksPeople ? "asks people" : undefined,
  ].filter((part) => part !== undefined);
  return parts.length > 0 ? parts.join(" · ") : "touches nothing outside";
}

function counted(count: number, what: string): string | undefined {
  return count === 0 ? undefined : `${count} ${what}${count === 1 ? "" : "s"}`;
}
