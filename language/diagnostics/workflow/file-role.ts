import { scriptBodyStart } from "#language/declarations/script-body.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import { alternatives, type Type } from "#language/semantics/types.ts";

/** How a file takes part in a run. */
export interface FileRole {
  /**
   * `procedure`: it has an entry point. `script`: its statements from `scriptStart` on are one. `module`: others
   * require it, and may use whatever it sets or returns.
   */
  readonly kind: "procedure" | "script" | "module";
  readonly scriptStart?: number;
}

const entryKinds: ReadonlySet<string> = new Set(["Procedure", "Task", "ClassifyProcedure"]);

/** Several rules ask; each version of a file has types of its own. */
const roles = new WeakMap<ProcedureFile["types"], FileRole>();

/** What a file is, by what it declares and returns (language.md §1.2, §1.3). */
export function fileRole(file: ProcedureFile): FileRole {
  const known = roles.get(file.types);
  if (known) return known;
  const role = findRole(file);
  roles.set(file.types, role);
  return role;
}

function findRole(file: ProcedureFile): FileRole {
  const hasEntry =
    file.names.globalWrites("main").length > 0 ||
    file.models.some(({ sites }) => sites.some(({ kind, enclosing }) => !enclosing && entryKinds.has(kind)));
  const returned = file.returnedType();
  if (returned && isCode(returned)) return { kind: hasEntry ? "procedure" : "module" };
  const scriptStart = scriptBodyStart(file.tree);
  if (scriptStart !== undefined) return { kind: "script", scriptStart };
  return { kind: hasEntry ? "procedure" : "module" };
}

/** Whether a statement at this offset runs with the workflow, and not while the file is read. */
export function isInScript({ scriptStart }: FileRole, offset: number): boolean {
  return scriptStart !== undefined && offset >= scriptStart;
}

/** A script gives data; a module gives functions and what it declares. */
function isCode(type: Type): boolean {
  return alternatives(type).some(
    (each) =>
      each.kind === "function" ||
      each.kind === "handle" ||
      (each.kind === "table" && [...each.members.values()].some((member) => isFunction(member.type))),
  );
}

function isFunction(type: Type): boolean {
  return alternatives(type).some(({ kind }) => kind === "function" || kind === "handle");
}
