import type {
  Binding,
  BindingOrigin,
  FreeName,
  MemberWrite,
  NameAccess,
  NameUse,
  StatementScopes,
  WrittenValue,
} from "#language/semantics/scopes.ts";
import type {
  Assignment,
  Block,
  EndOfFile,
  Expression,
  FunctionBody,
  FunctionStatement,
  GenericFor,
  LocalStatement,
  NameExpression,
  NameNode,
  NumericFor,
  RepeatStatement,
  Span,
  Statement,
  TableField,
  TopStatement,
} from "#language/syntax/tree.ts";

const scopesOf = new WeakMap<TopStatement, StatementScopes>();

/** Binds the names of a statement; the result is kept with it, since it depends on nothing else. */
export function bindStatement(statement: TopStatement): StatementScopes {
  const known = scopesOf.get(statement);
  if (known) return known;
  const scopes = new ScopeBinder().bind(statement.node);
  scopesOf.set(statement, scopes);
  return scopes;
}

interface OpenBinding extends Binding {
  readonly uses: NameUse[];
}

/** Walks one top-level statement in the order in which Lua sees it, with the scopes that are open at each place. */
class ScopeBinder {
  readonly #bindings: OpenBinding[] = [];
  readonly #free: FreeName[] = [];
  readonly #memberWrites: MemberWrite[] = [];
  readonly #bindingOf = new Map<NameExpression, Binding>();
  readonly #scopes: Array<{ readonly names: Map<string, OpenBinding>; readonly end: number }> = [];
  #enclosing: FunctionBody | undefined;

  bind(statement: Statement | EndOfFile): StatementScopes {
    this.#inScope(Number.POSITIVE_INFINITY, () => {
      if (statement.kind !== "EndOfFile") this.#statement(statement);
    });
    return {
      bindings: this.#bindings,
      free: this.#free,
      memberWrites: this.#memberWrites,
      bindingOf: this.#bindingOf,
    };
  }

  #inScope(end: number, action: () => void): void {
    this.#scopes.push({ names: new Map(), end });
    action();
    this.#scopes.pop();
  }

  #declare(name: NameNode, from: number, origin: BindingOrigin, attribute?: NameNode): void {
    const scope = this.#scopes.at(-1);
    if (!scope || name.text === "") return;
    const binding: OpenBinding = {
      name: name.text,
      span: { start: name.start, end: name.end },
      visible: { start: from, end: scope.end },
      isTopLevel: this.#scopes.length === 1,
      origin,
      uses: [],
      ...(attribute && { attribute: attribute.text }),
    };
    scope.names.set(name.text, binding);
    this.#bindings.push(binding);
  }

  #use(node: NameExpression, access: NameAccess, value?: WrittenValue): void {
    if (node.text === "") return;
    const binding = this.#scopes.findLast(({ names }) => names.has(node.text))?.names.get(node.text);
    const use = { node, access, enclosing: this.#enclosing, ...(value && { value }) };
    if (binding) {
      binding.uses.push(use);
      this.#bindingOf.set(node, binding);
    } else {
      this.#free.push({ ...use, name: node.text });
    }
  }

  #block(block: Block, end: number): void {
    this.#inScope(end, () => this.#statements(block));
  }

  #statements(block: Block): void {
    for (const statement of block.statements) this.#statement(statement);
  }

  #statement(statement: Statement): void {
    switch (statement.kind) {
      case "LocalStatement":
        this.#local(statement);
        break;
      case "LocalFunction":
        this.#declare(statement.name, statement.name.start, { kind: "function", body: statement.body });
        this.#function(statement.body);
        break;
      case "FunctionStatement":
        this.#functionStatement(statement);
        break;
      case "Assignment":
        this.#assignment(statement);
        break;
      case "CallStatement":
        this.#expression(statement.call);
        break;
      case "IfStatement":
        for (const [index, clause] of statement.clauses.entries()) {
          this.#expression(clause.condition);
          const next = statement.clauses[index + 1]?.start ?? statement.elseKeyword?.start;
          this.#block(clause.block, next ?? endOf(statement));
        }
        if (statement.elseBlock) this.#block(statement.elseBlock, endOf(statement));
        return;
      case "WhileStatement":
        this.#expression(statement.condition);
        this.#block(statement.block, endOf(statement));
        break;
      case "RepeatStatement":
        this.#repeat(statement);
        break;
      case "NumericFor":
        this.#expressions([statement.from, statement.to, ...(statement.step ? [statement.step] : [])]);
        this.#loop(statement, [statement.variable]);
        break;
      case "GenericFor":
        this.#expressions(statement.iterators);
        this.#loop(statement, statement.variables);
        break;
      case "DoStatement":
        this.#block(statement.block, endOf(statement));
        break;
      case "ReturnStatement":
        this.#expressions(statement.values);
        break;
      case "ErrorStatement":
        this.#expressions(statement.expressions);
        break;
      case "BreakStatement":
      case "GotoStatement":
      case "LabelStatement":
      case "EmptyStatement":
        return;
    }
  }

  #local(statement: LocalStatement): void {
    this.#expressions(statement.values);
    for (const [index, { name, attribute }] of statement.names.entries())
      this.#declare(name, statement.end, { kind: "local", statement, index }, attribute);
  }

  #functionStatement(statement: FunctionStatement): void {
    const { target, body } = statement;
    if (target.kind === "NameExpression") this.#use(target, "write", { body });
    else this.#memberTarget(target, { body }, statement.isMethod);
    this.#function(
      body,
      statement.isMethod && target.kind === "MemberExpression" ? target.object : undefined,
    );
  }

  #assignment(statement: Assignment): void {
    this.#expressions(statement.values);
    for (const [index, target] of statement.targets.entries()) {
      const value = valueAt(statement.values, index);
      if (target.kind === "NameExpression") this.#use(target, "write", value);
      else this.#memberTarget(target, value, false);
    }
  }

  /** A target that is not a plain name: its root is not read for its own sake. */
  #memberTarget(target: Expression, value: WrittenValue, isMethod: boolean): void {
    const path: string[] = [];
    let object: Expression = target;
    while (object.kind === "MemberExpression") {
      path.unshift(object.member.text);
      object = object.object;
    }
    if (target.kind !== "MemberExpression" || object.kind !== "NameExpression") {
      this.#expression(target);
      return;
    }
    this.#use(object, "member");
    const enclosing = this.#enclosing;
    this.#memberWrites.push({ root: object, path, span: target.member, value, isMethod, enclosing });
  }

  #repeat({ block, condition, end }: RepeatStatement): void {
    this.#inScope(end, () => {
      this.#statements(block);
      this.#expression(condition);
    });
  }

  #loop(statement: NumericFor | GenericFor, variables: readonly NameNode[]): void {
    this.#inScope(endOf(statement), () => {
      for (const [index, variable] of variables.entries())
        this.#declare(variable, statement.block.start, { kind: "loop", statement, index });
      this.#inScope(endOf(statement), () => this.#statements(statement.block));
    });
  }

  /** `object` is what a method belongs to: it has the parameter `self`, which no text declares. */
  #function(body: FunctionBody, object?: Expression): void {
    const outer = this.#enclosing;
    this.#enclosing = body;
    const end = endOf(body);
    this.#inScope(end, () => {
      const from = body.parameterList.end;
      if (object) {
        const place = body.parameterList.start;
        const self: NameNode = { kind: "NameNode", text: "self", start: place, end: place };
        this.#declare(self, from, { kind: "self", body, object });
      }
      for (const [index, parameter] of body.parameters.entries())
        this.#declare(parameter, from, { kind: "parameter", body, index });
      this.#inScope(end, () => this.#statements(body.block));
    });
    this.#enclosing = outer;
  }

  #expressions(expressions: readonly Expression[]): void {
    for (const expression of expressions) this.#expression(expression);
  }

  #expression(expression: Expression): void {
    switch (expression.kind) {
      case "NameExpression":
        this.#use(expression, "read");
        break;
      case "FunctionExpression":
        this.#function(expression.body);
        break;
      case "TableExpression":
        for (const field of expression.fields) this.#field(field);
        return;
      case "BinaryExpression":
        this.#expression(expression.left);
        this.#expression(expression.right);
        break;
      case "UnaryExpression":
        this.#expression(expression.operand);
        break;
      case "ParenthesizedExpression":
        this.#expression(expression.inner);
        break;
      case "MemberExpression":
        this.#expression(expression.object);
        break;
      case "IndexExpression":
        this.#expression(expression.object);
        this.#expression(expression.key);
        break;
      case "CallExpression":
        if (expression.callee.kind === "NameExpression") this.#use(expression.callee, "call");
        else this.#expression(expression.callee);
        this.#expressions(expression.arguments);
        break;
      case "MethodCall":
        this.#expression(expression.object);
        this.#expressions(expression.arguments);
        break;
      case "LiteralExpression":
      case "NumberExpression":
      case "StringExpression":
      case "VarargExpression":
      case "MissingExpression":
        return;
    }
  }

  #field(field: TableField): void {
    if (field.kind === "KeyedField") this.#expression(field.key);
    this.#expression(field.value);
  }
}

/** Where the block of a construct ends: before its `end`, so that a cursor in front of the `end` is still inside. */
function endOf(node: Span & { readonly endKeyword?: Span }): number {
  return node.endKeyword?.start ?? node.end;
}

/** The value that a target gets: its own, or one of several that the last call gives. */
export function valueAt(values: readonly Expression[], index: number): WrittenValue {
  const own = values[index];
  if (own) return { expression: own };
  const last = values.at(-1);
  return last ? { expression: last, index: index - values.length + 1 } : {};
}
