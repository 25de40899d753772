import type { ProjectView } from "#language/project/project-view.ts";
import { calledWord } from "#language/semantics/named-references.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import { fieldNamed, stringLiteral } from "#language/semantics/table-fields.ts";
import { walk } from "#language/syntax/walk.ts";

/** What a file may touch, counted. */
export interface Reach {
  readonly agents: number;
  readonly tools: number;
  readonly hostTools: number;
  readonly servers: number;
  readonly readsFiles: boolean;
  readonly writesFiles: boolean;
  readonly asksPeople: boolean;
}

const fileReaders = new Set(["read", "exists", "size", "list_dir", "glob", "sheets", "list"]);

/** Reads from the text what a procedure may touch; what only a run can know is not counted. */
export function reachOf({
  file,
  project,
}: {
  readonly file: ProcedureFile;
  readonly project: ProjectView;
}): Reach {
  const sites = file.types.sites().map(({ site }) => site);
  const hostTools = new Set<string>();
  let readsFiles = false;
  let writesFiles = false;
  let asksPeople = false;
  for (const { config } of sites) {
    const use = config && stringLiteral(fieldNamed(config, "use")?.value)?.value;
    if (use?.startsWith("broker.")) hostTools.add(use.slice("broker.".length));
  }
  for (const model of file.models) {
    walk(model.top.node, (node) => {
      if (node.kind !== "CallExpression" || node.callee.kind !== "MemberExpression") return;
      const { object, member } = node.callee;
      const name = object.kind === "NameExpression" ? object.text : "";
      if (name === "Host") hostTools.add(stringLiteral(node.arguments[0])?.value ?? "?");
      asksPeople ||= name === "Human" && calledWord(node.callee) !== undefined;
      const isFile = name === "File" || isFileModule(file.types.typeOf(model, object));
      readsFiles ||= isFile && fileReaders.has(member.text);
      writesFiles ||= isFile && member.text === "write";
    });
  }
  return {
    agents: sites.filter(({ kind }) => kind === "Agent").length,
    tools: sites.filter(({ kind }) => kind === "Tool").length,
    hostTools: hostTools.size,
    servers: project.configurationOf(file.uri).mcpServers.size,
    readsFiles,
    writesFiles,
    asksPeople,
  };
}

function isFileModule(type: ReturnType<ProcedureFile["types"]["typeOf"]>): boolean {
  return type.kind === "table" && type.name?.startsWith("tactus.io.") === true;
}

/** The reach in one line: `3 tools · 1 host tool · writes files`. */
export function reachText(reach: Reach): string {
  const parts = [
    counted(reach.agents, "agent"),
    counted(reach.tools, "tool"),
    counted(reach.hostTools, "host tool"),
    counted(reach.servers, "MCP server"),
    reach.writesFiles ? "writes files" : reach.readsFiles ? "reads files" : undefined,
    reach.asksPeople ? "asks people" : undefined,
  ].filter((part) => part !== undefined);
  return parts.length > 0 ? parts.join(" · ") : "touches nothing outside";
}

function counted(count: number, what: string): string | undefined {
  return count === 0 ? undefined : `${count} ${what}${count === 1 ? "" : "s"}`;
}
