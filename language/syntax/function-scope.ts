import { JumpScope } from "#language/syntax/jump-scope.ts";
import type { Span, SyntaxProblem } from "#language/syntax/tree.ts";

/** A local variable or parameter. */
export interface Variable {
  readonly name: string;
  readonly span?: Span;
  /** `<const>` or `<close>`. */
  readonly isConstant?: boolean;
  /** Its value is known when Lua compiles: it is no variable at run time. */
  readonly isCompileTime?: boolean;
}

/** Variables that a function can have at the same time, hidden ones of loops among them. */
export const mostLocals = 200;
/** Variables of the functions around it that a function can use. */
export const mostUpvalues = 255;

/** The variable that every global is a field of. */
const environment: Variable = { name: "_ENV" };

interface Captured {
  readonly variable: Variable;
  readonly isWithinLimit: boolean;
}

/** The variables that one function sees while Lua compiles it. */
export class FunctionScope {
  readonly outer: FunctionScope | undefined;
  readonly isVararg: boolean;
  readonly jumps: JumpScope;
  readonly #variables: Variable[] = [];
  readonly #upvalues = new Set<Variable>();
  #isFull = false;

  constructor(
    outer: FunctionScope | undefined,
    isVararg: boolean,
    report: (problem: SyntaxProblem) => void,
    variables: readonly Variable[] = [],
  ) {
    this.outer = outer;
    this.isVararg = isVararg;
    this.jumps = new JumpScope(report);
    this.#variables.push(...variables);
  }

  get visible(): number {
    return this.#variables.length;
  }

  nameAt(index: number): string {
    return this.#variables[index]?.name ?? "";
  }

  /** False when it is the first one too many. */
  declare(variable: Variable): boolean {
    this.#variables.push(variable);
    if (this.#isFull || this.#variables.length <= mostLocals) return true;
    this.#isFull = true;
    return false;
  }

  forgetFrom(visible: number): void {
    this.#variables.length = visible;
  }

  /** The variable of that name; undefined for a global. */
  find(name: string): Variable | undefined {
    return this.#own(name) ?? this.outer?.find(name);
  }

  /** Where Lua's compiler finds a name. */
  placeOf(name: string): "local" | "upvalue" | "constant" | "global" {
    const own = this.#own(name);
    const found = own ?? this.outer?.find(name);
    if (!found) return "global";
    if (found.isCompileTime) return "constant";
    return own ? "local" : "upvalue";
  }

  /**
   * Counts what the function and those around it need to reach a variable; false when that is the first one too many
   * for one of them.
   */
  use(name: string): boolean {
    return this.#capture(name).isWithinLimit;
  }

  #capture(name: string): Captured {
    const own = this.#own(name);
    if (own) return { variable: own, isWithinLimit: true };
    const found = this.outer ? this.outer.#capture(name) : { variable: environment, isWithinLimit: true };
    const { variable, isWithinLimit } = found;
    if (variable.isCompileTime || this.#upvalues.has(variable)) return found;
    this.#upvalues.add(variable);
    return { variable, isWithinLimit: isWithinLimit && this.#upvalues.size !== mostUpvalues + 1 };
  }

  #own(name: string): Variable | undefined {
    for (let index = this.#variables.length - 1; index >= 0; index--) {
      const variable = this.#variables[index];
      if (variable?.name === name) return variable;
    }
    return undefined;
  }
}
