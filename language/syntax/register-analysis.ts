import { declaredVariables } from "#language/syntax/declared-variables.ts";
import { FunctionScope, type Variable } from "#language/syntax/function-scope.ts";
import { RegisterExpressions } from "#language/syntax/register-expressions.ts";
import type {
  Assignment,
  Block,
  Expression,
  FunctionBody,
  LocalStatement,
  NumericFor,
  Statement,
  SyntaxProblem,
} from "#language/syntax/tree.ts";

const hiddenOfNumericFor = 3;
const hiddenOfGenericFor = 4;

/** A generic `for` calls its iterator with so many values. */
const valuesOfIteratorCall = 3;

/**
 * Finds the statements for which Lua's compiler runs out of registers (255 for each function, its variables among
 * them): lists of some 250 arguments, or less of them deeper down. `outer` are the variables around the statement.
 */
export function registerProblems(statement: Statement, outer: readonly Variable[]): readonly SyntaxProblem[] {
  const problems: SyntaxProblem[] = [];
  const scope = new FunctionScope(undefined, true, () => undefined, outer);
  const taken = outer.filter(({ isCompileTime }) => !isCompileTime).length;
  new FunctionRegisters(scope, taken, problems).statement(statement);
  return problems;
}

/** The registers of one function. */
class FunctionRegisters {
  readonly #scope: FunctionScope;
  readonly #problems: SyntaxProblem[];
  readonly #expressions: RegisterExpressions;
  /** Registers that variables have. */
  #taken: number;

  constructor(scope: FunctionScope, taken: number, problems: SyntaxProblem[]) {
    this.#scope = scope;
    this.#problems = problems;
    this.#taken = taken;
    this.#expressions = new RegisterExpressions({
      place: (name) => scope.placeOf(name),
      inner: (body) => this.#inner(body),
    });
    this.#expressions.file.free = taken;
  }

  statement(statement: Statement): void {
    const { file } = this.#expressions;
    this.#statement(statement);
    file.free = this.#taken;
    if (!file.isExceeded) return;
    file.isExceeded = false;
    const { start, end } = statement;
    const message =
      "This is too much for one function of Lua: it needs more than 255 values at the same time.";
    if (this.#problems.length === 0) this.#problems.push({ start, end, message });
  }

  #statement(statement: Statement): void {
    switch (statement.kind) {
      case "LocalStatement":
        this.#local(statement);
        break;
      case "LocalFunction":
        this.#declare([statement.name.text]);
        this.#inner(statement.body);
        break;
      case "FunctionStatement":
        this.#expressions.value(statement.target);
        this.#inner(statement.body, statement.isMethod);
        this.#expressions.file.reserve(1);
        break;
      case "Assignment":
        this.#assign(statement);
        break;
      case "CallStatement":
        this.#expressions.value(statement.call);
        break;
      case "ReturnStatement":
        this.#return(statement.values);
        break;
      default:
        this.#compound(statement);
    }
  }

  #compound(statement: Statement): void {
    switch (statement.kind) {
      case "IfStatement":
        for (const { condition, block } of statement.clauses) {
          this.#condition(condition);
          this.#block(block);
        }
        if (statement.elseBlock) this.#block(statement.elseBlock);
        break;
      case "WhileStatement":
        this.#condition(statement.condition);
        this.#block(statement.block);
        break;
      case "RepeatStatement":
        this.#block(statement.block, statement.condition);
        break;
      case "NumericFor":
        this.#numericFor(statement);
        break;
      case "GenericFor":
        this.#values(statement.iterators, hiddenOfGenericFor);
        this.#for(statement.block, hiddenOfGenericFor, statement.variables);
        break;
      case "DoStatement":
        this.#block(statement.block);
        break;
      default:
    }
  }

  #block(block: Block, condition?: Expression): void {
    const { visible } = this.#scope;
    const taken = this.#taken;
    for (const statement of block.statements) this.statement(statement);
    if (condition) this.#condition(condition);
    this.#scope.forgetFrom(visible);
    this.#taken = taken;
    this.#expressions.file.free = taken;
  }

  #condition(expression: Expression): void {
    this.#expressions.condition(expression);
    this.#expressions.file.free = this.#taken;
  }

  #numericFor({ from, to, step, block, variable }: NumericFor): void {
    const { file } = this.#expressions;
    for (const bound of [from, to]) file.pushed(this.#expressions.value(bound));
    if (step) file.pushed(this.#expressions.value(step));
    else file.reserve(1);
    this.#for(block, hiddenOfNumericFor, [variable]);
  }

  /** The hidden variables are in their registers already. */
  #for(block: Block, hidden: number, variables: readonly { readonly text: string }[]): void {
    const { file } = this.#expressions;
    const { visible } = this.#scope;
    const taken = this.#taken;
    this.#taken += hidden;
    if (hidden === hiddenOfGenericFor) {
      file.reserve(valuesOfIteratorCall);
      file.free -= valuesOfIteratorCall;
    }
    this.#declare(variables.map(({ text }) => text));
    this.#block(block);
    this.#scope.forgetFrom(visible);
    this.#taken = taken;
  }

  /** New variables, in new registers. */
  #declare(names: readonly string[]): void {
    for (const name of names) this.#scope.declare({ name });
    this.#expressions.file.reserve(names.length);
    this.#taken += names.length;
  }

  #local(statement: LocalStatement): void {
    const { file } = this.#expressions;
    const variables = declaredVariables(statement, (name) => this.#scope.placeOf(name) === "constant");
    const real = variables.filter(({ isCompileTime }) => !isCompileTime);
    const isFolded = real.length < variables.length;
    this.#values(isFolded ? statement.values.slice(0, -1) : statement.values, real.length);
    file.free = this.#taken;
    for (const variable of variables) this.#scope.declare(variable);
    file.reserve(real.length);
    this.#taken += real.length;
  }

  /** Brings a list of values to a length. */
  #values(values: readonly Expression[], wanted: number): void {
    const { file } = this.#expressions;
    const last = this.#expressions.list(values);
    const missing = wanted - values.length;
    if (last && last.kind !== "call" && (last.kind !== "vararg" || missing >= 0)) file.pushed(last);
    if (missing > 0) file.reserve(missing);
    else file.free += missing;
  }

  /** Objects and keys of all targets are computed before the values. */
  #assign({ targets, values }: Assignment): void {
    const { file } = this.#expressions;
    const places = targets.map((target) => this.#expressions.value(target));
    const last = places.at(-1);
    if (targets.length !== values.length) {
      this.#values(values, targets.length);
      return;
    }
    const value = this.#expressions.list(values);
    if (last && value) this.#expressions.store(last, file.loaded(value));
  }

  /** A single value may stay where it is. */
  #return(values: readonly Expression[]): void {
    const { file } = this.#expressions;
    const last = this.#expressions.list(values);
    if (!last || last.kind === "call" || last.kind === "vararg") return;
    if (values.length === 1) file.inRegister(last);
    else file.pushed(last);
  }

  /** Registers start anew in each function. */
  #inner(body: FunctionBody, isMethod = false): void {
    const scope = new FunctionScope(this.#scope, body.vararg !== undefined, () => undefined);
    const inside = new FunctionRegisters(scope, 0, this.#problems);
    const names = body.parameters.map(({ text }) => text);
    inside.#declare(isMethod ? ["self", ...names] : names);
    inside.#block(body.block);
  }
}
