import { declaredVariables } from "#language/syntax/declared-variables.ts";
import type { Variable } from "#language/syntax/function-scope.ts";
import { mostLocals } from "#language/syntax/function-scope.ts";
import { JumpScope, labelsUpTo } from "#language/syntax/jump-scope.ts";
import { deepestNesting, tooDeep } from "#language/syntax/parse-state.ts";
import { assignedConstant, isVoid } from "#language/syntax/scope-analysis.ts";
import { findingsOf, hasJumps, isNearLimits, limitProblems } from "#language/syntax/scope-checks.ts";
import type { LocalStatement, Span, Statement, SyntaxProblem, TopStatement } from "#language/syntax/tree.ts";

/** What Lua refuses in the file as a whole; offsets in the text. The time it takes grows with the number of statements. */
export function fileScopeProblems(
  statements: readonly TopStatement[],
  offsets: Uint32Array,
): readonly SyntaxProblem[] {
  return new FileScope(statements, offsets).run();
}

class FileScope {
  readonly #statements: readonly TopStatement[];
  readonly #offsets: Uint32Array;
  readonly #problems: SyntaxProblem[] = [];
  readonly #variables: Variable[] = [];
  readonly #jumps: JumpScope;
  /** Behind it there are only labels and empty statements. */
  readonly #lastWithEffect: number;
  /** Labels in a row up to here. */
  #labels = 0;
  #hasConstants = false;
  #isFull = false;

  constructor(statements: readonly TopStatement[], offsets: Uint32Array) {
    this.#statements = statements;
    this.#offsets = offsets;
    this.#jumps = new JumpScope((problem) => this.#problems.push(problem));
    this.#lastWithEffect = statements.findLastIndex(
      ({ node }) => node.kind !== "EndOfFile" && !isVoid(node.kind),
    );
  }

  run(): readonly SyntaxProblem[] {
    this.#jumps.enterBlock(0);
    for (let index = 0; index < this.#statements.length; index++) {
      const node = this.#statements[index]?.node;
      if (node && node.kind !== "EndOfFile") this.#statement(node, index);
    }
    // A damaged statement may hide the label.
    const isWhole = this.#statements.every(({ problems }) => problems.length === 0);
    if (isWhole) this.#jumps.end();
    return this.#problems;
  }

  #statement(node: Statement, index: number): void {
    const base = this.#offsets[index] ?? 0;
    if (isVoid(node.kind) && this.#labels >= deepestNesting)
      this.#problems.push({ ...moved(node, base), message: tooDeep });
    this.#labels = labelsUpTo(node, this.#labels);
    if (this.#hasConstants) this.#checkConstants(node, base);
    if (hasJumps(node)) this.#jumpsOf(node, index, base);
    if (!this.#isFull && isNearLimits(node, this.#variables.length)) this.#checkLimits(node, index, base);
    if (node.kind === "LocalStatement") this.#declare(node, base);
    else if (node.kind === "LocalFunction") this.#add({ name: node.name.text, span: moved(node.name, base) });
  }

  /** Assignments anywhere in a statement to constants of the file. */
  #checkConstants(node: Statement, base: number): void {
    for (const target of findingsOf(node).assigned) {
      const variable = this.#variables.findLast(({ name }) => name === target.text);
      if (!variable?.isConstant) continue;
      this.#problems.push(assignedConstant({ ...target, ...moved(target, base) }, variable));
    }
  }

  /** Labels in blocks of a statement are visible to nobody outside, but must not be there twice. */
  #jumpsOf(node: Statement, index: number, base: number): void {
    const jumps = this.#jumps;
    const visible = this.#variables.length;
    const { pendingJumps, labels } = findingsOf(node);
    if (node.kind === "LabelStatement") {
      const place = { name: node.label.text, span: moved(node, base), visible };
      jumps.label(place, index > this.#lastWithEffect, (number) => this.#variables[number]?.name ?? "");
      return;
    }
    jumps.enterBlock(visible);
    for (const { name, span } of labels) jumps.checkRepeated(name, moved(span, base));
    for (const { name, span } of pendingJumps) jumps.goto({ name, span: moved(span, base), visible });
    jumps.leaveBlock();
  }

  /** Judges a statement anew, with the variables around it. */
  #checkLimits(node: Statement, index: number, base: number): void {
    const alone = this.#statements[index]?.problems ?? [];
    for (const problem of limitProblems(node, this.#variables)) {
      const isKnown = alone.some(({ start }) => start === problem.start);
      if (!isKnown) this.#problems.push({ ...problem, ...moved(problem, base) });
    }
  }

  /** The variables of a statement, with places in the text. */
  #declare(statement: LocalStatement, base: number): void {
    const isFolded = (name: string) =>
      this.#variables.findLast((variable) => variable.name === name)?.isCompileTime === true;
    for (const variable of declaredVariables(statement, isFolded)) {
      const { span } = variable;
      this.#add({ ...variable, ...(span && { span: moved(span, base) }) });
    }
  }

  #add(variable: Variable): void {
    this.#variables.push(variable);
    this.#hasConstants ||= variable.isConstant === true;
    if (this.#variables.length > mostLocals) this.#isFull = true;
  }
}

function moved({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}
