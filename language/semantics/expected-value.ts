import type { DeclarationSite } from "#language/semantics/declaration-sites.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import { typeOfSchema } from "#language/semantics/schema.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import { fieldNamed, stringLiteral } from "#language/semantics/table-fields.ts";
import { alternatives, type FunctionType, type Type } from "#language/semantics/types.ts";
import type {
  Assignment,
  CallExpression,
  Expression,
  FunctionBody,
  MethodCall,
  Node,
  ReturnStatement,
} from "#language/syntax/tree.ts";
import type { FieldEntry, ValueEntry } from "#vocabulary/entries.ts";
import { fileSettings } from "#vocabulary/settings.ts";

/** What the vocabulary says of the place of a value; a name and documentation are there for fields and parameters. */
export type PlaceEntry = ValueEntry & Partial<Omit<FieldEntry, keyof ValueEntry>>;

/** What is meant to stand at a place: told by the vocabulary, or by a schema or an annotation as a type. */
export interface ExpectedValue {
  readonly entry?: PlaceEntry;
  readonly type?: Type;
  /** What the place belongs to, for people: `Agent`, `retry`, `search`. */
  readonly owner: string;
  /** The declaration whose table it is. */
  readonly site?: DeclarationSite;
}

/** What stands behind each name in a schema. */
export const schemaField: PlaceEntry = {
  name: "field",
  types: ["table"],
  doc: "A field of the schema: `field.string{…}`.",
};

/** What is meant to stand where the last node of a path is an expression; undefined where anything may. */
export function expectedValue(
  file: ProcedureFile,
  model: StatementModel,
  path: readonly Node[],
): ExpectedValue | undefined {
  const node = path.at(-1);
  const parent = path.at(-2);
  if (!node || !parent) return undefined;
  switch (parent.kind) {
    case "CallExpression":
    case "MethodCall":
      return expectedArgument(file, model, parent, parent.arguments.indexOf(node as Expression));
    case "NamedField": {
      const field = inField(expectedValue(file, model, path.slice(0, -2)), parent.name.text);
      const type = mockedType(file, model, path, parent.name.text);
      return field && type ? { ...field, type } : field;
    }
    case "KeyedField":
      return parent.value === node && parent.key.kind === "StringExpression"
        ? inField(expectedValue(file, model, path.slice(0, -2)), parent.key.value)
        : undefined;
    case "PositionalField":
      return inList(expectedValue(file, model, path.slice(0, -2)));
    case "ParenthesizedExpression":
      return expectedValue(file, model, path.slice(0, -1));
    case "BinaryExpression":
      return parent.operator === "or" || (parent.operator === "and" && node === parent.right)
        ? expectedValue(file, model, path.slice(0, -1))
        : undefined;
    case "Assignment":
      return expectedSetting(file, model, parent, node);
    case "ReturnStatement":
      return expectedResult(file, model, path, parent, node);
    default:
      return undefined;
  }
}

/** In a mock: the arguments of the tool that is called, the fields of the agent's answer. */
function mockedType(
  file: ProcedureFile,
  model: StatementModel,
  path: readonly Node[],
  name: string,
): Type | undefined {
  if (name !== "args" && name !== "data" && name !== "when") return undefined;
  const site = model.sites.find(({ kind, config }) => kind === "Mocks" && config && path.includes(config));
  if (!site?.config) return undefined;
  const entry = path[path.indexOf(site.config) + 1];
  const mocked = entry?.kind === "NamedField" ? entry.name.text : "";
  if (name === "data") {
    const agent = file.types.siteOf("Agent", mocked);
    const schema = agent && file.types.schemaOf(agent.model, agent.site, "output");
    return schema && typeOfSchema(schema);
  }
  const call = path.at(-3);
  const called = call?.kind === "TableExpression" ? fieldNamed(call, "tool")?.value : undefined;
  const tool = file.types.siteOf("Tool", stringLiteral(called)?.value ?? mocked);
  return tool && file.types.inputType(tool.model, tool.site);
}

/** What argument number `index` of a call is meant to be. */
export function expectedArgument(
  file: ProcedureFile,
  model: StatementModel,
  call: CallExpression | MethodCall,
  index: number,
): ExpectedValue | undefined {
  const value = call.arguments[index];
  const site = value && model.sites.find(({ config }) => config === value);
  if (site) return { entry: configOf(site), owner: site.kind, site };
  const called = file.types.calledFunction(model, call);
  if (!called || index < 0) return undefined;
  const parameter = called.parameters[index + parametersBeforeColon(file, model, call, called)];
  if (!parameter) return undefined;
  const owner = called.name ?? parameter.name;
  return parameter.entry
    ? { entry: parameter.entry, type: parameter.type, owner }
    : { type: parameter.type, owner };
}

/** How many of its parameters a call with a colon fills by what stands before it: those of the string library, and `self`. */
export function parametersBeforeColon(
  file: ProcedureFile,
  model: StatementModel,
  call: CallExpression | MethodCall,
  called: FunctionType,
): number {
  if (call.kind !== "MethodCall") return 0;
  const isText = file.types.typeOf(model, call.object).kind === "string";
  return isText || called.parameters[0]?.name === "self" ? 1 : 0;
}

/** What stands behind a name in a table. */
export function inField(table: ExpectedValue | undefined, name: string): ExpectedValue | undefined {
  if (!table) return undefined;
  const { entry, type } = table;
  const field = entry?.fields?.find((each) => each.name === name);
  if (field) return { entry: field, owner: table.owner };
  const member = type && memberOf(type, name);
  if (member) return { type: member, owner: table.owner };
  if (entry?.types.includes("schema")) return { entry: schemaField, owner: table.owner };
  return entry?.each && (entry.isOpen || entry.keysReferTo) ? { entry: entry.each, owner: name } : undefined;
}

/** What the values without a key of a table are. */
export function inList(table: ExpectedValue | undefined): ExpectedValue | undefined {
  if (!table) return undefined;
  const { entry, site, type, owner } = table;
  if (site)
    return site.entry.body
      ? {
          entry: { types: ["function"], parameters: site.entry.body.parameters, doc: site.entry.body.doc },
          owner,
        }
      : undefined;
  if (entry?.each && entry.types.includes("list")) return { entry: entry.each, owner };
  if (entry?.refersTo && entry.types.includes("list"))
    return { entry: { types: ["text", "handle"], refersTo: entry.refersTo }, owner };
  const elements = (type ? alternatives(type) : []).flatMap((each) =>
    each.kind === "table" && each.element ? [each.element] : [],
  );
  return elements[0] && { type: elements[0], owner };
}

function configOf({ entry }: DeclarationSite): PlaceEntry {
  const { name, doc, fields, isOpen, each, keysReferTo } = entry;
  return {
    name,
    doc,
    types: ["table"],
    fields,
    ...(isOpen && { isOpen }),
    ...(each && { each }),
    ...(keysReferTo && { keysReferTo }),
  };
}

function memberOf(type: Type, name: string): Type | undefined {
  for (const each of alternatives(type)) {
    const member = each.kind === "table" || each.kind === "handle" ? each.members.get(name) : undefined;
    if (member) return member.type;
  }
  return undefined;
}

/** `default_model = "x"`, where the name is no local. */
function expectedSetting(
  file: ProcedureFile,
  model: StatementModel,
  { targets, values }: Assignment,
  node: Node,
): ExpectedValue | undefined {
  const target = targets[values.indexOf(node as Expression)];
  if (target?.kind !== "NameExpression" || model.scopes.bindingOf.has(target)) return undefined;
  const entry = fileSettings.find(({ name }) => name === target.text);
  return entry && !file.names.topLocal(target.text, model.index) ? { entry, owner: entry.name } : undefined;
}

/** What a procedure, a tool or a script returns, when it declares its outputs. */
function expectedResult(
  file: ProcedureFile,
  model: StatementModel,
  path: readonly Node[],
  { values }: ReturnStatement,
  node: Node,
): ExpectedValue | undefined {
  if (values[0] !== node) return undefined;
  const body = path.findLast((each): each is FunctionBody => each.kind === "FunctionBody");
  const site = model.sites.find((each) => body !== undefined && each.body === body);
  if (site)
    return site.config && fieldNamed(site.config, "output")
      ? { type: file.types.outputType(model, site), owner: "output" }
      : undefined;
  const [schema] = body ? [] : file.types.scriptSchemas("output");
  return schema && { type: typeOfSchema(schema), owner: "output" };
}
