import type { Binding } from "#language/semantics/scopes.ts";
import { fieldNamed, positionalValues } from "#language/semantics/table-fields.ts";
import type { Expression, TableExpression } from "#language/syntax/tree.ts";
import type { GlobalUses } from "./global-uses.ts";
import { beside, type Placed } from "./placed.ts";

/** What a text of a call or a table is: known, not given, or known to a run only. */
export type KnownText =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "absent" }
  | { readonly kind: "dynamic" };

const dynamic: KnownText = { kind: "dynamic" };
const absent: KnownText = { kind: "absent" };

/** Locals that stand for locals that stand for locals: nobody writes more of them. */
const mostSteps = 16;

/** The text of an expression: literals, locals that never change, and texts put together from such. */
export function textOf(expression: Placed<Expression>, globals: GlobalUses, steps = mostSteps): KnownText {
  const { node } = expression;
  switch (node.kind) {
    case "StringExpression":
      return { kind: "text", text: node.value };
    case "LiteralExpression":
      return node.value === undefined ? absent : dynamic;
    case "ParenthesizedExpression":
      return textOf(beside(expression, node.inner), globals, steps);
    case "BinaryExpression":
      return node.operator === ".." ? joined(expression, node, { globals, steps }) : dynamic;
    case "NameExpression": {
      const value = steps > 0 ? constantOf(beside(expression, node), globals) : undefined;
      return value ? textOf(value, globals, steps - 1) : dynamic;
    }
    default:
      return dynamic;
  }
}

function joined(
  place: Placed,
  { left, right }: { readonly left: Expression; readonly right: Expression },
  { globals, steps }: { readonly globals: GlobalUses; readonly steps: number },
): KnownText {
  const one = textOf(beside(place, left), globals, steps);
  const other = textOf(beside(place, right), globals, steps);
  return one.kind === "text" && other.kind === "text"
    ? { kind: "text", text: one.text + other.text }
    : dynamic;
}

/** What a local stands for that never has another value. */
export function constantOf(
  { source, model, node }: Placed<Expression>,
  globals: GlobalUses,
): Placed<Expression> | undefined {
  if (node.kind !== "NameExpression") return undefined;
  const own = model.scopes.bindingOf.get(node);
  const top = own ? undefined : source.file.names.topLocal(node.text, model.index);
  const binding = own ?? top?.binding;
  const value = binding && globals.isConstant(binding) ? firstValue(binding) : undefined;
  return value && { source, model: top?.model ?? model, node: value };
}

function firstValue({ origin }: Binding): Expression | undefined {
  return origin.kind === "local" ? origin.statement.values[origin.index] : undefined;
}

/** A table as it is written at a call, so that nobody else can change it before it is read. */
export class WrittenTable {
  readonly #table: Placed<TableExpression>;
  readonly #globals: GlobalUses;

  constructor(table: Placed<TableExpression>, globals: GlobalUses) {
    this.#table = table;
    this.#globals = globals;
  }

  get place(): Placed<TableExpression> {
    return this.#table;
  }

  /** The value of a field; `dynamic` where a computed key may set it. */
  field(name: string): Placed<Expression> | "absent" | "dynamic" {
    const { node } = this.#table;
    const computed = node.fields.some(
      (field) =>
        field.kind === "KeyedField" && !["StringExpression", "NumberExpression"].includes(field.key.kind),
    );
    if (computed) return "dynamic";
    const value = fieldNamed(node, name)?.value;
    const isNil = value?.kind === "LiteralExpression" && value.value === undefined;
    return value && !isNil ? beside(this.#table, value) : "absent";
  }

  text(name: string): KnownText {
    const value = this.field(name);
    return typeof value === "string" ? { kind: value } : textOf(value, this.#globals);
  }

  /** The table in a field. */
  table(name: string): WrittenTable | "absent" | "dynamic" {
    const value = this.field(name);
    return typeof value === "string" ? value : (this.inside(value) ?? "dynamic");
  }

  /** An expression of the same place that is a table. */
  inside({ node, ...place }: Placed<Expression>): WrittenTable | undefined {
    return node.kind === "TableExpression" ? new WrittenTable({ ...place, node }, this.#globals) : undefined;
  }

  /** The items of the list that it is; undefined where a key of it is computed. */
  items(): readonly Placed<Expression>[] | undefined {
    const { node } = this.#table;
    if (node.fields.some(({ kind }) => kind === "KeyedField")) return undefined;
    return positionalValues(node).map((value) => beside(this.#table, value));
  }

  /** The texts of the list in a field. */
  texts(name: string): readonly string[] | "absent" | "dynamic" {
    const list = this.table(name);
    if (typeof list === "string") return list;
    const texts = list.items()?.map((item) => textOf(item, this.#globals));
    const known = texts?.flatMap((text) => (text.kind === "text" ? [text.text] : []));
    return texts && known?.length === texts.length ? known : "dynamic";
  }
}
