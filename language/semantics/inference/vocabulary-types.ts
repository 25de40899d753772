import {
  booleanType,
  type FunctionType,
  type HandleType,
  integerType,
  listOf,
  type Member,
  nilType,
  numberType,
  openTable,
  type Parameter,
  stringType,
  type TableType,
  type Type,
  unionOf,
  unknownType,
} from "#language/semantics/types.ts";
import { declarations } from "#vocabulary/declarations.ts";
import type {
  DeclarationEntry,
  Entry,
  FieldEntry,
  FunctionEntry,
  HandleEntry,
  LibraryEntry,
  MemberEntry,
  ModuleEntry,
  PrimitiveEntry,
  ValueKind,
} from "#vocabulary/entries.ts";
import { evaluatorBuilders, fieldBuilders, fieldOptions } from "#vocabulary/fields.ts";
import { handles } from "#vocabulary/handles.ts";
import { historyFilters } from "#vocabulary/history-filters.ts";
import { luaGlobals } from "#vocabulary/lua/global-functions.ts";
import { luaLibraries } from "#vocabulary/lua/libraries.ts";
import { standardModules } from "#vocabulary/modules.ts";
import { primitives } from "#vocabulary/primitives.ts";
import { fileSettings, scriptSchemas } from "#vocabulary/settings.ts";
import { contextDirectives, matchers } from "#vocabulary/templates.ts";

/** Types of the words of the language. They are the same for every file, so each is made once. */
const words = new Map<string, Type>();
let areWordsMade = false;

/** The type of a global of the language or of Lua's library; undefined when it is no word. */
export function typeOfWord(name: string): Type | undefined {
  makeWords();
  return words.get(name);
}

/** Every global of the language and of Lua's library. */
export function allWords(): ReadonlyMap<string, Type> {
  makeWords();
  return words;
}

function makeWords(): void {
  if (areWordsMade) return;
  areWordsMade = true;
  for (const entry of luaGlobals) words.set(entry.name, functionOf(entry));
  for (const library of luaLibraries) words.set(library.name, libraryType(library));
  for (const entry of [...fileSettings, ...scriptSchemas]) words.set(entry.name, settingType(entry));
  for (const entry of [...contextDirectives, ...matchers]) words.set(entry.name, looseFunction(entry));
  for (const entry of declarations) words.set(entry.name, declarationType(entry));
  for (const entry of primitives) words.set(entry.name, primitiveType(entry, words.get(entry.name)));
  words.set("field", tableOf("field", "Builders of schema fields.", fieldMembers()));
  words.set("filters", tableOf("filters", "Builders of history filters.", looseMembers(historyFilters)));
  words.set("mcp", openTable);
  words.set("params", openTable);
  words.set("_G", openTable);
  words.set("_VERSION", stringType);
}

/** The type of what a declaration gives back; undefined when it gives nothing. */
export function handleType(kind: string): HandleType | undefined {
  const handle = declarations.find(({ name }) => name === kind)?.handle;
  return handle === undefined ? undefined : openHandle(handle);
}

const handleTypes = new Map<string, HandleType>();

/** The type of a kind of handle of which nothing more is known. */
export function openHandle(name: string): HandleType {
  const known = handleTypes.get(name);
  if (known) return known;
  const entry = handles.find((handle) => handle.name === name);
  const type = entry ? handleOf(entry) : { kind: "handle" as const, handle: name, members: new Map() };
  handleTypes.set(name, type);
  return type;
}

function handleOf(entry: HandleEntry): HandleType {
  const members = new Map(entry.members.map((member) => [member.name, memberOf(member)]));
  const call = entry.call && functionOf(entry.call);
  return { kind: "handle", handle: entry.name, doc: entry.doc, members, ...(call && { call }) };
}

/** What `require` of a module of the standard library gives; undefined when there is none of that name. */
export function standardModuleType(name: string): Type | undefined {
  const entry = standardModules.find((module) => module.name === name);
  return entry && moduleType(entry);
}

function moduleType(entry: ModuleEntry): Type {
  if (entry.name.startsWith("tactus.tools."))
    return { ...openHandle("tool"), name: entry.name.slice("tactus.tools.".length), doc: entry.doc };
  return { ...tableOf(entry.name, entry.doc, looseMembers(entry.exports)), isOpen: true };
}

/** The type of a value of these kinds. */
export function typeOfKinds(entry: {
  readonly types: readonly ValueKind[];
  readonly fields?: readonly FieldEntry[];
  readonly values?: readonly (string | number)[];
}): Type {
  return unionOf(entry.types.map((kind) => typeOfKind(kind, entry)));
}

function typeOfKind(
  kind: ValueKind,
  { fields, values }: { fields?: readonly FieldEntry[]; values?: readonly (string | number)[] },
): Type {
  switch (kind) {
    case "text": {
      const texts = values?.filter((value) => typeof value === "string");
      return texts && texts.length > 0 ? { kind: "string", values: texts } : stringType;
    }
    case "number":
      return numberType;
    case "integer":
      return integerType;
    case "boolean":
      return booleanType;
    case "nil":
      return nilType;
    case "list":
      return listOf(unknownType);
    case "table":
    case "schema":
      return fields ? { ...tableOf(undefined, undefined, fields.map(fieldMember)), isOpen: true } : openTable;
    case "function":
      return { kind: "function", parameters: [], isVararg: true, returns: () => [unknownType] };
    case "handle":
    case "any":
      return unknownType;
  }
}

/** The type of a function of the vocabulary. */
export function functionOf(entry: FunctionEntry): FunctionType {
  return {
    kind: "function",
    name: entry.name,
    doc: entry.doc,
    parameters: entry.parameters.map(parameterOf),
    isVararg: entry.isVararg === true || entry.parameters.at(-1)?.name === "…",
    returns: () => returnsOf(entry),
    entry,
    ...(entry.deprecated !== undefined && { deprecated: entry.deprecated }),
  };
}

function returnsOf(entry: FunctionEntry): readonly Type[] {
  if (entry.returnsHandle !== undefined) return [openHandle(entry.returnsHandle)];
  if (entry.returnFields) return [tableOf(undefined, undefined, entry.returnFields.map(fieldMember))];
  // A vocabulary of primitives lists what the one value may be; Lua's own functions give several values.
  if (entry.returns.includes("nil")) return [typeOfKinds({ types: entry.returns })];
  return entry.returns.map((kind) => typeOfKind(kind, {}));
}

function parameterOf(entry: FieldEntry): Parameter {
  const type = entry.parameters
    ? ({ ...typeOfKinds(entry), ...callbackOf(entry.parameters) } as Type)
    : typeOfKinds(entry);
  return {
    name: entry.name,
    type,
    entry,
    ...(entry.doc !== "" && { doc: entry.doc }),
    ...(!entry.required && { isOptional: true }),
  };
}

function callbackOf(parameters: readonly FieldEntry[]): FunctionType {
  return {
    kind: "function",
    parameters: parameters.map(parameterOf),
    isVararg: false,
    returns: () => [unknownType],
  };
}

function libraryType(library: LibraryEntry): TableType {
  const members = [
    ...library.functions.map((entry) => member(entry, functionOf(entry))),
    ...library.constants.map(fieldMember),
  ];
  return tableOf(library.name, library.doc, members);
}

/** `Tool` and `Procedure` declare at the top of a file and look up inside functions: they are both at once. */
function primitiveType(entry: PrimitiveEntry, declaration: Type | undefined): Type {
  const functions = entry.functions.map((each) => member(each, functionOf(each)));
  const call = entry.call ? functionOf(entry.call) : undefined;
  const callable = declaration?.kind === "function" ? declaration : call;
  // `State.key` reads a value of the state, as `state.key` does.
  if (!callable) return { ...tableOf(entry.name, entry.doc, functions), isOpen: entry.name === "State" };
  if (functions.length === 0) return callable;
  return {
    kind: "handle",
    handle: entry.name,
    doc: declaration?.kind === "function" ? `${declaration.doc ?? ""}\n\n${entry.doc}` : entry.doc,
    members: new Map(functions.map((each) => [each.name, each])),
    call: callable,
  };
}

function declarationType(entry: DeclarationEntry): FunctionType {
  const fields: Parameter = {
    name: "config",
    type: { ...tableOf(undefined, undefined, entry.fields.map(fieldMember)), isOpen: true },
    entry: { name: "config", types: ["table"], fields: entry.fields, doc: "What it declares." },
  };
  return {
    kind: "function",
    name: entry.name,
    doc: entry.doc,
    parameters: [fields],
    isVararg: true,
    returns: () => [handleType(entry.name) ?? unknownType],
    entry,
  };
}

function settingType(entry: FieldEntry): FunctionType {
  const value: Parameter = { name: "value", type: typeOfKinds(entry), entry };
  return {
    kind: "function",
    name: entry.name,
    doc: entry.doc,
    parameters: [value],
    isVararg: false,
    returns: () => [nilType],
    entry,
  };
}

function looseFunction(entry: Entry): FunctionType {
  return {
    kind: "function",
    name: entry.name,
    doc: entry.doc,
    parameters: [],
    isVararg: true,
    returns: () => [unknownType],
    entry,
  };
}

function fieldMembers(): Member[] {
  const options: Parameter = {
    name: "options",
    isOptional: true,
    type: tableOf(undefined, undefined, fieldOptions.map(fieldMember)),
    entry: { name: "options", types: ["table"], fields: fieldOptions, doc: "What it must be." },
  };
  const builders = fieldBuilders.map((entry) =>
    member(entry, { ...looseFunction(entry), parameters: [options], isVararg: false }),
  );
  return [...builders, ...looseMembers(evaluatorBuilders)];
}

function looseMembers(entries: readonly Entry[]): Member[] {
  return entries.map((entry) => member(entry, looseFunction(entry)));
}

function memberOf(entry: MemberEntry): Member {
  if (entry.function) return member(entry, functionOf(entry.function));
  return member(entry, entry.handle === undefined ? typeOfKinds(entry) : openHandle(entry.handle));
}

function fieldMember(entry: FieldEntry): Member {
  return { ...member(entry, typeOfKinds(entry)), ...(!entry.required && { isOptional: true }) };
}

function member(entry: Entry, type: Type): Member {
  return {
    name: entry.name,
    type,
    entry,
    ...(entry.doc !== "" && { doc: entry.doc }),
    ...(entry.deprecated !== undefined && { deprecated: entry.deprecated }),
  };
}

function tableOf(name: string | undefined, doc: string | undefined, members: readonly Member[]): TableType {
  return {
    kind: "table",
    members: new Map(members.map((each) => [each.name, each])),
    isOpen: false,
    ...(name !== undefined && { name }),
    ...(doc !== undefined && { doc }),
  };
}
