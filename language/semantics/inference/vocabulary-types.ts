import {
  booleanType,
  type FunctionType,
  type HandleType,
  integerType,
  listOf,
  type Member,
  nilType,
  numberType,
  type Parameter,
  stringOf,
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
  ValueEntry,
  ValueKind,
} from "#vocabulary/entries.ts";
import { evaluatorBuilders, fieldBuilders } from "#vocabulary/fields.ts";
import { globalValues } from "#vocabulary/globals.ts";
import { handles } from "#vocabulary/handles.ts";
import { historyFilters } from "#vocabulary/history-filters.ts";
import { luaGlobals } from "#vocabulary/lua/global-functions.ts";
import { luaLibraries } from "#vocabulary/lua/libraries.ts";
import { standardModules } from "#vocabulary/modules.ts";
import { primitives } from "#vocabulary/primitives.ts";
import { fileSettings, scriptSchemas } from "#vocabulary/settings.ts";
import { contextDirectives, matchers } from "#vocabulary/templates.ts";

/** Types of the words of the language. They are the same for every file, so each is made once. */
let words: ReadonlyMap<string, Type> | undefined;

/** The type of a global of the language or of Lua's library; undefined when it is no word. */
export function typeOfWord(name: string): Type | undefined {
  return allWords().get(name);
}

/** Every global of the language and of Lua's library. */
export function allWords(): ReadonlyMap<string, Type> {
  words ??= makeWords();
  return words;
}

function makeWords(): ReadonlyMap<string, Type> {
  const made = new Map<string, Type>();
  for (const entry of luaGlobals) made.set(entry.name, functionOf(entry));
  for (const library of luaLibraries) made.set(library.name, libraryType(library));
  for (const entry of globalValues) made.set(entry.name, typeOfValue(entry, entry.name, entry.doc));
  for (const entry of [...fileSettings, ...scriptSchemas]) made.set(entry.name, settingType(entry));
  for (const entry of [...contextDirectives, ...matchers]) made.set(entry.name, looseFunction(entry));
  for (const entry of declarations) made.set(entry.name, declarationType(entry));
  for (const entry of primitives) made.set(entry.name, primitiveType(entry, made.get(entry.name)));
  made.set("field", builderTable("field", [...fieldBuilders, ...evaluatorBuilders]));
  made.set("filters", builderTable("filters", historyFilters));
  return made;
}

function builderTable(name: string, builders: readonly FunctionEntry[]): TableType {
  const doc = globalValues.find((entry) => entry.name === name)?.doc;
  return tableOf(
    name,
    doc,
    builders.map((entry) => member(entry, functionOf(entry))),
  );
}

/** The type of what a declaration gives back; undefined when it gives nothing. `fields` are those that are there. */
export function handleType(kind: string, fields: ReadonlySet<string> = new Set()): HandleType | undefined {
  const entry = declarations.find(({ name }) => name === kind);
  const handle =
    entry?.handleWith && fields.has(entry.handleWith.field) ? entry.handleWith.handle : entry?.handle;
  return handle === undefined ? undefined : openHandle(handle);
}

const handleTypes = new Map<string, HandleType>();

/** The type of a kind of handle of which nothing more is known. */
function openHandle(name: string): HandleType {
  const known = handleTypes.get(name);
  if (known) return known;
  const entry = handles.find((handle) => handle.name === name);
  const type: HandleType = entry
    ? handleOf(entry)
    : { kind: "handle", handle: name, members: new Map(), isOpen: true };
  handleTypes.set(name, type);
  return type;
}

function handleOf(entry: HandleEntry): HandleType {
  const members = new Map(entry.members.map((each) => [each.name, memberOf(each)]));
  const call = entry.call && functionOf(entry.call);
  return {
    kind: "handle",
    handle: entry.name,
    doc: entry.doc,
    members,
    ...(call && { call }),
    ...(entry.isOpen && { isOpen: true }),
  };
}

/** What `require` of a module of the standard library gives; undefined when there is none of that name. */
export function standardModuleType(name: string): Type | undefined {
  const entry = standardModules.find((module) => module.name === name);
  return entry && moduleType(entry);
}

function moduleType(entry: ModuleEntry): Type {
  if (entry.handle !== undefined) {
    const handle = openHandle(entry.handle);
    const name = entry.name.slice(entry.name.lastIndexOf(".") + 1);
    return { ...handle, name, doc: entry.doc, ...(entry.call && { call: functionOf(entry.call) }) };
  }
  return tableOf(entry.name, entry.doc, entry.exports.map(memberOf));
}

/** The type of a value that the vocabulary describes. */
export function typeOfKinds(entry: ValueEntry): Type {
  return unionOf(entry.types.map((kind) => typeOfKind(kind, entry)));
}

/** The same, with a name and documentation for people when it is a table. */
function typeOfValue(entry: ValueEntry, name: string, doc: string): Type {
  const type = typeOfKinds(entry);
  return type.kind === "table" ? { ...type, name, doc } : type;
}

function typeOfKind(kind: ValueKind, entry: ValueEntry): Type {
  switch (kind) {
    case "text":
      return stringOf(entry.values);
    case "number":
      return numberType;
    case "integer":
      return integerType;
    case "boolean":
      return booleanType;
    case "nil":
      return nilType;
    case "list":
      return listOf(entry.each ? typeOfKinds(entry.each) : unknownType);
    case "table":
    case "schema":
      return { ...tableOf(undefined, undefined, (entry.fields ?? []).map(fieldMember)), isOpen: true };
    case "function":
      return entry.parameters ? callbackOf(entry.parameters) : anyFunction;
    case "handle":
      return entry.handle === undefined ? unknownType : openHandle(entry.handle);
    case "any":
      return unknownType;
  }
}

const anyFunction: FunctionType = {
  kind: "function",
  parameters: [],
  isVararg: true,
  returns: () => [unknownType],
};

/** The type of a function of the vocabulary. */
function functionOf(entry: FunctionEntry): FunctionType {
  const parameters = entry.parameters.filter(({ name }) => name !== "…");
  return {
    kind: "function",
    name: entry.name,
    doc: entry.doc,
    parameters: parameters.map(parameterOf),
    isVararg: entry.isVararg === true || parameters.length < entry.parameters.length,
    returns: () => returnsOf(entry),
    entry,
    ...(entry.isMethod && { isMethod: true }),
    ...(entry.deprecated !== undefined && { deprecated: entry.deprecated }),
  };
}

function returnsOf(entry: FunctionEntry): readonly Type[] {
  const further = (entry.furtherReturns ?? []).map((types) => typeOfKinds({ types }));
  const first = firstReturn(entry);
  return first ? [first, ...further, ...(entry.returnsMore ? [unknownType] : [])] : [];
}

function firstReturn(entry: FunctionEntry): Type | undefined {
  const mayBeNil = entry.returns.includes("nil");
  const orNil = (type: Type): Type => (mayBeNil ? unionOf([type, nilType]) : type);
  if (entry.returnsHandle !== undefined) return orNil(openHandle(entry.returnsHandle));
  if (entry.returnFields)
    return orNil({ ...tableOf(undefined, undefined, entry.returnFields.map(fieldMember)), isOpen: true });
  if (entry.returns.length === 0) return undefined;
  return typeOfKinds({ types: entry.returns, ...(entry.returnsEach && { each: entry.returnsEach }) });
}

function parameterOf(entry: FieldEntry): Parameter {
  return {
    name: entry.name,
    type: typeOfKinds(entry),
    entry,
    ...(entry.doc !== "" && { doc: entry.doc }),
    ...(!entry.required && { isOptional: true }),
  };
}

function callbackOf(parameters: readonly FieldEntry[]): FunctionType {
  const named = parameters.filter(({ name }) => name !== "…");
  return {
    kind: "function",
    parameters: named.map(parameterOf),
    isVararg: named.length < parameters.length,
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
  if (!callable) return { ...tableOf(entry.name, entry.doc, functions), isOpen: entry.isOpen === true };
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
  const config: FieldEntry = {
    name: "config",
    types: ["table"],
    fields: entry.fields,
    doc: "What it declares.",
  };
  return {
    kind: "function",
    name: entry.name,
    doc: entry.doc,
    parameters: (entry.parameters ?? [config]).map(parameterOf),
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
  return { ...anyFunction, name: entry.name, doc: entry.doc, entry };
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
