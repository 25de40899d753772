import type { LuaFunction } from "#lua/engine.ts";
import type { Handle } from "../vm/handles.ts";
import { noSchemas, type ProcedureDefinition } from "./procedure-definition.ts";

/** The name of the procedure that a file runs. */
export const mainName = "main";

/** A declared procedure with its handle. */
export interface DeclaredProcedure extends ProcedureDefinition {
  readonly handle: Handle;
}

/** The procedures of a file. Of two with one name the later counts. */
export class ProcedureRegistry {
  readonly #declared: DeclaredProcedure[] = [];

  add(procedure: DeclaredProcedure): void {
    this.#declared.push(procedure);
  }

  find(name: string): DeclaredProcedure | undefined {
    return this.#declared.findLast((procedure) => procedure.name() === name);
  }

  names(): readonly string[] {
    return [...new Set(this.#declared.map((procedure) => procedure.name()))];
  }

  /** Calls every procedure that no variable and no text named `main`. */
  nameRest(): void {
    for (const { handle } of this.#declared) {
      if (handle.temporary) handle.rename(mainName);
    }
  }

  /** The procedure, when the file declares exactly one. */
  only(): DeclaredProcedure | undefined {
    const [name, ...others] = this.names();
    return name !== undefined && others.length === 0 ? this.find(name) : undefined;
  }
}

/** A plain Lua function as a procedure. */
export function plainProcedure(name: string, body: LuaFunction): ProcedureDefinition {
  return { ...noSchemas, name: () => name, body };
}
