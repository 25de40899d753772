import type { Node, SourceTree, TopStatement } from "#language/syntax/tree.ts";

/** The nodes directly inside a node, in text order. Parts without a node of their own (keywords) are left out. */
export function childrenOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case "Block":
      return node.statements;
    case "LocalStatement":
      return [
        ...node.names.flatMap(({ name, attribute }) => (attribute ? [name, attribute] : [name])),
        ...node.values,
      ];
    case "LocalFunction":
      return [node.name, node.body];
    case "FunctionStatement":
      return [node.target, node.body];
    case "Assignment":
      return [...node.targets, ...node.values];
    case "CallStatement":
      return [node.call];
    case "IfStatement":
      return node.elseBlock ? [...node.clauses, node.elseBlock] : node.clauses;
    case "IfClause":
    case "WhileStatement":
      return [node.condition, node.block];
    case "RepeatStatement":
      return [node.block, node.condition];
    case "NumericFor":
      return [node.variable, node.from, node.to, ...(node.step ? [node.step] : []), node.block];
    case "GenericFor":
      return [...node.variables, ...node.iterators, node.block];
    case "DoStatement":
      return [node.block];
    case "ReturnStatement":
      return node.values;
    case "GotoStatement":
    case "LabelStatement":
      return [node.label];
    case "ErrorStatement":
      return node.expressions;
    case "FunctionExpression":
      return [node.body];
    case "FunctionBody":
      return [...node.parameters, node.block];
    case "TableExpression":
      return node.fields;
    case "NamedField":
      return [node.name, node.value];
    case "KeyedField":
      return [node.key, node.value];
    case "PositionalField":
      return [node.value];
    case "BinaryExpression":
      return [node.left, node.right];
    case "UnaryExpression":
      return [node.operand];
    case "ParenthesizedExpression":
      return [node.inner];
    case "MemberExpression":
      return [node.object, node.member];
    case "IndexExpression":
      return [node.object, node.key];
    case "CallExpression":
      return [node.callee, ...node.arguments];
    case "MethodCall":
      return [node.object, node.method, ...node.arguments];
    default:
      return [];
  }
}

/** Visits a node and everything in it, in text order. */
export function walk(node: Node, visit: (node: Node) => void): void {
  const waiting: Node[] = [node];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    visit(next);
    // The last one waits longest, so that the order is that of the text.
    for (const child of childrenOf(next).toReversed()) waiting.push(child);
  }
}

/** Where an offset falls in a tree. */
export interface NodePath {
  readonly statement: TopStatement;
  /** Number of the statement in the tree. */
  readonly index: number;
  /** Where the statement begins in the text. */
  readonly base: number;
  /** From the statement's node to the innermost one that holds the offset; empty in white space and comments. */
  readonly path: readonly Node[];
}

/** The nodes that hold an offset; at a border the one that ends there, so that a cursor behind a name is at the name. */
export function nodePathAt(tree: SourceTree, offset: number): NodePath {
  let index = statementIndexAt(tree, offset);
  if (index > 0 && offset === tree.offsets[index]) index--;
  const statement = tree.statements[index] ?? tree.statements[tree.statements.length - 1];
  const base = tree.offsets[index] ?? 0;
  if (!statement) throw new Error("A tree ends with the statement for the end of its file.");
  const before = pathInside(statement, offset - base);
  const next = tree.statements[index + 1];
  if (before.length > 0 || !next || offset !== tree.offsets[index + 1])
    return { statement, index, base, path: before };
  return { statement: next, index: index + 1, base: offset, path: pathInside(next, 0) };
}

/** Number of the statement that holds an offset; at a border the one that starts there. */
export function statementIndexAt(tree: SourceTree, offset: number): number {
  let low = 0;
  let high = tree.statements.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((tree.offsets[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function pathInside(statement: TopStatement, offset: number): Node[] {
  const path: Node[] = [];
  let node: Node | undefined = statement.node;
  while (node && node.start <= offset && offset <= node.end) {
    path.push(node);
    node = childAt(node, offset);
  }
  return path;
}

/**
 * Of two children at the offset the one that is a name or a member, else the one that starts there. The name of a
 * function stands inside the span of its body.
 */
function childAt(node: Node, offset: number): Node | undefined {
  let found: Node | undefined;
  for (const child of childrenOf(node)) {
    if (child.start > offset || offset > child.end) continue;
    if (child.kind === "NameNode" || child.kind === "NameExpression" || child.kind === "MemberExpression")
      return child;
    found = child;
  }
  return found;
}
