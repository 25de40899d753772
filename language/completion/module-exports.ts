import type { Project } from "#language/project/project.ts";
import { namedFields } from "#language/semantics/table-fields.ts";
import { parseSource } from "#language/syntax/parse-source.ts";
import type { Expression, SourceTree } from "#language/syntax/tree.ts";

/** What `require` of a file of the project gives. */
export interface ModuleExports {
  /** Names of the fields of the table; empty for anything else. */
  readonly members: readonly string[];
  readonly isTool: boolean;
}

interface Known {
  readonly text: string;
  readonly exports: ModuleExports | undefined;
}

const knownOf = new WeakMap<Project, Map<string, Known>>();

/** Milliseconds that reading modules may take at once; those that are left are read the next time. */
const longestReading = 5;

/** The modules of a project, by URI, as far as they could be read by now. Files that return nothing are none. */
export function projectModules(project: Project): ReadonlyMap<string, ModuleExports> {
  const known = knownOf.get(project) ?? new Map<string, Known>();
  knownOf.set(project, known);
  const modules = new Map<string, ModuleExports>();
  const end = performance.now() + longestReading;
  for (const uri of project.procedureUris()) {
    const text = project.textOf(uri) ?? "";
    let module = known.get(uri);
    if (module?.text !== text) {
      if (performance.now() > end) continue;
      module = { text, exports: mayReturn(text) ? exportsOf(parseSource(text)) : undefined };
      known.set(uri, module);
    }
    if (module.exports) modules.set(uri, module.exports);
  }
  return modules;
}

/** Only a `return` at the margin can be the module's. */
function mayReturn(text: string): boolean {
  return /^return\b/m.test(text);
}

function exportsOf(tree: SourceTree): ModuleExports | undefined {
  const last = tree.statements.findLast(({ node }) => node.kind === "ReturnStatement")?.node;
  const value = last?.kind === "ReturnStatement" ? last.values[0] : undefined;
  switch (value?.kind) {
    case "TableExpression":
      return { members: namedFields(value).map(({ name }) => name), isTool: false };
    case "NameExpression":
      return { members: membersOf(tree, value.text), isTool: false };
    case "CallExpression":
      return { members: [], isTool: value.callee.kind === "NameExpression" && value.callee.text === "Tool" };
    default:
      return undefined;
  }
}

/** What the file puts into the table of that name. */
function membersOf(tree: SourceTree, name: string): string[] {
  const members = new Set<string>();
  const add = (target: Expression): void => {
    if (
      target.kind === "MemberExpression" &&
      target.object.kind === "NameExpression" &&
      target.object.text === name
    )
      members.add(target.member.text);
  };
  for (const { node } of tree.statements) {
    if (node.kind === "FunctionStatement") add(node.target);
    if (node.kind === "Assignment") for (const target of node.targets) add(target);
    if (node.kind !== "LocalStatement") continue;
    const index = node.names.findIndex((local) => local.name.text === name);
    const value = node.values[index];
    if (value?.kind === "TableExpression") for (const field of namedFields(value)) members.add(field.name);
  }
  members.delete("");
  return [...members];
}
