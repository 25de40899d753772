import { declaredVariables } from "#language/syntax/declared-variables.ts";
import { FunctionScope, mostLocals, mostUpvalues, type Variable } from "#language/syntax/function-scope.ts";
import type { JumpPlace } from "#language/syntax/jump-scope.ts";
import type {
  Block,
  Expression,
  FunctionBody,
  LocalStatement,
  NameExpression,
  NameNode,
  Node,
  Span,
  Statement,
  SyntaxProblem,
} from "#language/syntax/tree.ts";
import { childrenOf } from "#language/syntax/walk.ts";

/** What Lua refuses in a statement, and what only the file around it can tell. */
export interface ScopeFindings {
  readonly problems: readonly SyntaxProblem[];
  /** Too many variables; the only ones that depend on the variables around the statement. */
  readonly limits: readonly SyntaxProblem[];
  /** `goto` whose label is outside the statement. */
  readonly pendingJumps: readonly JumpPlace[];
  /** Labels in blocks of the statement: they must not be those of the file. */
  readonly labels: readonly JumpPlace[];
  /** Names that are assigned and not declared in the statement. */
  readonly assigned: readonly NameExpression[];
}

/** Variables that a `for` has besides those with names. */
const hiddenOfNumericFor = 3;
const hiddenOfGenericFor = 4;

/** Analyses a statement of the outermost block; `outer` are the variables of that block which it sees. */
export function analyseScopes(statement: Statement, outer: readonly Variable[]): ScopeFindings {
  return new ScopeAnalysis(outer).run(statement);
}

class ScopeAnalysis {
  readonly #problems: SyntaxProblem[] = [];
  readonly #limits: SyntaxProblem[] = [];
  readonly #labels: JumpPlace[] = [];
  readonly #assigned: NameExpression[] = [];
  readonly #main: FunctionScope;
  #function: FunctionScope;

  constructor(outer: readonly Variable[]) {
    this.#main = new FunctionScope(undefined, true, (problem) => this.#report(problem), outer);
    this.#function = this.#main;
  }

  run(statement: Statement): ScopeFindings {
    const { jumps } = this.#main;
    jumps.enterBlock(this.#main.visible);
    this.#statement(statement, true);
    const pendingJumps = jumps.pending.filter(({ name }) => name !== "break");
    for (const { name, span } of jumps.pending) {
      if (name === "break") this.#report({ ...span, message: "'break' must stand in a loop." });
    }
    return {
      problems: this.#problems,
      limits: this.#limits,
      labels: this.#labels,
      assigned: this.#assigned,
      pendingJumps,
    };
  }

  #report(problem: SyntaxProblem): void {
    this.#problems.push(problem);
  }

  #block(block: Block, isRepeat = false): void {
    const { statements } = block;
    const last = isRepeat ? -1 : statements.findLastIndex(({ kind }) => !isVoid(kind));
    for (const [index, statement] of statements.entries())
      this.#statement(statement, !isRepeat && index > last);
  }

  /** A block with variables of its own; `inside` may declare some before it. */
  #scope(block: Block, options: { isLoop?: boolean; inside?: () => void } = {}): void {
    const scope = this.#function;
    const { visible } = scope;
    scope.jumps.enterBlock(visible, options.isLoop);
    options.inside?.();
    const inner = scope.visible;
    scope.jumps.enterBlock(inner);
    this.#block(block);
    this.#leave(inner);
    this.#leave(visible);
  }

  #leave(visible: number): void {
    this.#function.forgetFrom(visible);
    this.#function.jumps.leaveBlock();
  }

  #statement(statement: Statement, isLast: boolean): void {
    switch (statement.kind) {
      case "LocalStatement":
        this.#local(statement);
        break;
      case "LocalFunction":
        this.#declare({ name: statement.name.text, span: statement.name });
        this.#body(statement.body);
        break;
      case "FunctionStatement":
        if (statement.target.kind === "NameExpression") this.#assign(statement.target);
        else this.#expression(statement.target);
        this.#body(statement.body, statement.isMethod);
        break;
      case "Assignment":
        for (const target of statement.targets) {
          if (target.kind === "NameExpression") this.#assign(target);
          else this.#expression(target);
        }
        this.#expressions(statement.values);
        break;
      case "BreakStatement":
        this.#function.jumps.break(spanOf(statement), this.#function.visible);
        break;
      case "GotoStatement":
        this.#function.jumps.goto(this.#jump(statement.label.text, statement));
        break;
      case "LabelStatement":
        this.#label(statement.label.text, statement, isLast);
        break;
      default:
        this.#compound(statement);
    }
  }

  #compound(statement: Statement): void {
    switch (statement.kind) {
      case "IfStatement":
        for (const { condition, block } of statement.clauses) {
          this.#expression(condition);
          this.#scope(block);
        }
        if (statement.elseBlock) this.#scope(statement.elseBlock);
        break;
      case "WhileStatement":
        this.#expression(statement.condition);
        this.#scope(statement.block, { isLoop: true });
        break;
      case "RepeatStatement":
        this.#repeat(statement.block, statement.condition);
        break;
      case "NumericFor":
        this.#expressions(
          statement.step ? [statement.from, statement.to, statement.step] : [statement.from, statement.to],
        );
        this.#for(statement.block, hiddenOfNumericFor, [statement.variable]);
        break;
      case "GenericFor":
        this.#expressions(statement.iterators);
        this.#for(statement.block, hiddenOfGenericFor, statement.variables);
        break;
      case "DoStatement":
        this.#scope(statement.block);
        break;
      default:
        this.#expressions(childrenOf(statement));
    }
  }

  #local(statement: LocalStatement): void {
    this.#expressions(statement.values);
    const isFolded = (name: string) => this.#function.find(name)?.isCompileTime === true;
    for (const variable of declaredVariables(statement, isFolded)) this.#declare(variable);
  }

  #declare(variable: Variable): void {
    if (this.#function.declare(variable) || !variable.span) return;
    const { start, end } = variable.span;
    const message = `A function has ${mostLocals} local variables at most: this is one more.`;
    this.#limits.push({ start, end, message });
  }

  /** The condition sees the variables of the block. */
  #repeat(block: Block, condition: Expression): void {
    const scope = this.#function;
    const { visible } = scope;
    scope.jumps.enterBlock(visible, true);
    scope.jumps.enterBlock(visible);
    this.#block(block, true);
    this.#expression(condition);
    this.#leave(visible);
    this.#leave(visible);
  }

  /** The hidden variables count for Lua's limit. */
  #for(block: Block, hidden: number, variables: readonly NameNode[]): void {
    const [first] = variables;
    const inside = () => {
      for (let count = 0; count < hidden; count++)
        this.#declare({ name: "(for state)", ...(first && { span: first }) });
      for (const variable of variables) this.#declare({ name: variable.text, span: variable });
    };
    this.#scope(block, { isLoop: true, inside });
  }

  #label(name: string, span: Statement, isLast: boolean): void {
    const scope = this.#function;
    const place = { name, span: spanOf(span), visible: scope.visible };
    if (scope === this.#main) this.#labels.push(place);
    scope.jumps.label(place, isLast, (index) => scope.nameAt(index));
  }

  #jump(name: string, statement: Statement): JumpPlace {
    return { name, span: spanOf(statement), visible: this.#function.visible };
  }

  #assign(target: NameExpression): void {
    const variable = this.#function.find(target.text);
    if (!variable) this.#assigned.push(target);
    if (variable?.isConstant) this.#report(assignedConstant(target, variable));
    this.#use(target);
  }

  #use(name: NameExpression): void {
    if (this.#function.use(name.text)) return;
    const { start, end } = name;
    const message = `A function can use ${mostUpvalues} variables of the functions around it: this is one more.`;
    this.#limits.push({ start, end, message });
  }

  /** A function has jumps and variables of its own. */
  #body(body: FunctionBody, isMethod = false): void {
    const outer = this.#function;
    const scope = new FunctionScope(outer, body.vararg !== undefined, (problem) => this.#report(problem));
    this.#function = scope;
    scope.jumps.enterBlock(0);
    if (isMethod) this.#declare({ name: "self", span: body.parameterList });
    for (const parameter of body.parameters) this.#declare({ name: parameter.text, span: parameter });
    this.#block(body.block);
    scope.jumps.end();
    this.#function = outer;
  }

  #expressions(nodes: readonly Node[]): void {
    for (const node of nodes) this.#expression(node);
  }

  /** Looks at an expression without recursion, but for the functions in it. */
  #expression(root: Node): void {
    const left: Node[] = [root];
    for (let node = left.pop(); node; node = left.pop()) {
      if (node.kind === "FunctionBody") this.#body(node);
      else if (node.kind === "NameExpression") this.#use(node);
      else if (node.kind === "VarargExpression") this.#vararg(node);
      else for (const child of childrenOf(node).toReversed()) left.push(child);
    }
  }

  #vararg({ start, end }: Node): void {
    if (this.#function.isVararg) return;
    const message = "'...' stands for the arguments of a function that has '...' among its parameters.";
    this.#report({ start, end, message });
  }
}

/** Nothing can be assigned to a constant. */
export function assignedConstant({ text, start, end }: NameExpression, { span }: Variable): SyntaxProblem {
  const related = span && {
    span: { start: span.start, end: span.end },
    message: `'${text}' is declared here`,
  };
  return {
    start,
    end,
    message: `'${text}' is constant: nothing can be assigned to it.`,
    ...(related && { related }),
  };
}

function spanOf({ start, end }: Span): Span {
  return { start, end };
}

/** Statements that do nothing: a label before them stands at the end of the block. */
export function isVoid(kind: Statement["kind"]): boolean {
  return kind === "LabelStatement" || kind === "EmptyStatement";
}
