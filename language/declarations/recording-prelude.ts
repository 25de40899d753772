import { declarations } from "#vocabulary/declarations.ts";
import type { Entry } from "#vocabulary/entries.ts";
import { evaluatorBuilders, fieldBuilders } from "#vocabulary/fields.ts";
import { handles } from "#vocabulary/handles.ts";
import { historyFilters } from "#vocabulary/history-filters.ts";
import { primitives } from "#vocabulary/primitives.ts";
import { fileSettings } from "#vocabulary/settings.ts";
import { contextDirectives, matchers } from "#vocabulary/templates.ts";

/** Words that make values and declare nothing. */
const valueWords: ReadonlySet<string> = new Set(["get_current_lm", "History", "Message", "TaskFunction"]);

/** What declares something, with what it gives back: the name of a handle, or nothing. */
const declaring = declarations.filter(({ name }) => !valueWords.has(name));

/** Handles of words that the vocabulary gives none, since nobody asks for their members. */
const plainHandles: Readonly<Record<string, string>> = {
  Classify: "classifier",
  Module: "module",
  Signature: "signature",
  DSPyAgent: "agent",
};

/** The text that stands first is what they declare, not a name. */
export const contentWords: ReadonlySet<string> = new Set([
  "Specification",
  "Specifications",
  "IncludeTasks",
  "Signature",
  "Step",
]);

/** `X("name")` gives what was declared under that name. */
const lookedUpWords: ReadonlySet<string> = new Set(["Agent", "Model", "Module"]);

/** What constructors of library modules declare; `Retriever` also ends longer names. */
const constructors: Readonly<Record<string, string>> = {
  Corpus: "Corpus",
  Retriever: "Retriever",
  Context: "Context",
  Compactor: "Compactor",
  LLMModel: "Model",
  NaiveBayesModel: "Model",
  HFSequenceClassifierModel: "Model",
};

/**
 * Lua code that stands in for the runtime while a file's top level is evaluated: every declaration is noted and
 * nothing is done. Globals are what they are at that time, so that what fails in a run fails here; whatever comes from
 * elsewhere (an agent's answer, a module that is not there) is a stand-in that can be called, indexed, compared and
 * joined without end.
 *
 * It gets the functions of `recorder.ts` in a table, and gives the table that holds the state.
 */
export const recordingPrelude: string = `
local host = ...
local type, select, setmetatable, rawset, rawget, next, pairs = type, select, setmetatable, rawset, rawget, next, pairs
local error, concat, find, gsub = error, table.concat, string.find, string.gsub
local usesStandIns = false
local function noteStandIn()
  if usesStandIns then return end
  usesStandIns = true
  host.stand_in()
end

-- Stand-ins ------------------------------------------------------------------------------------------------------

local declare
local constructors = ${luaTable(Object.entries(constructors).map(([name, kind]) => [name, `"${kind}"`]))}
local behaviour = { __standIn = true }
local function standIn() return setmetatable({}, behaviour) end
local function answer()
  noteStandIn()
  return standIn()
end
-- Numbers are absent, so that ipairs ends; of a library, constructors declare.
function behaviour.__index(_, key)
  if type(key) ~= "string" then return nil end
  local kind = constructors[key] or (find(key, "Retriever$") and "Retriever")
  if kind then return declare(kind) end
  return answer()
end
-- A loop that iterates over a stand-in begins with two nils.
function behaviour.__call(_, ...)
  if select("#", ...) == 2 and (...) == nil and select(2, ...) == nil then return nil end
  return answer()
end
function behaviour.__concat() noteStandIn() return "" end
function behaviour.__tostring() noteStandIn() return "" end
function behaviour.__len() noteStandIn() return 0 end
function behaviour.__lt() noteStandIn() return false end
function behaviour.__le() noteStandIn() return true end
for _, operator in next, { "add", "sub", "mul", "div", "mod", "pow", "unm", "idiv" } do
  behaviour["__" .. operator] = function() noteStandIn() return 0 end
end

-- Declarations -----------------------------------------------------------------------------------------------------

local members = ${luaTable(
  handles.map(({ name, members }) => [
    name,
    luaTable(members.filter((member) => member.name !== "name").map((member) => [member.name, "true"])),
  ]),
)}
local byNumber = {}

local function handle(kind, number)
  local known = members[kind] or {}
  byNumber[number] = setmetatable({}, {
    __handle = number, __metatable = kind,
    __index = function(_, key)
      if key == "name" then return host.name(number) end
      if known[key] then return answer() end
    end,
    __call = answer,
    __tostring = function() return kind .. ": " .. (host.name(number) or "?") end,
  })
  return byNumber[number]
end

local function task(number, config)
  if type(config) ~= "table" then return config end
  byNumber[number] = config
  return setmetatable(config, { __handle = number })
end

local function made(kind, gives, number, config)
  if gives == "task" then return task(number, config) end
  if gives then return handle(gives, number) end
end

-- How X {…}, X "name" {…}, X("name", {…}), X("text") and X("name") after it was declared are told apart.
local function declaration(kind, gives, textIsContent, isLookedUp)
  return function(first, second, third)
    if type(first) ~= "string" or textIsContent or second ~= nil or third ~= nil then
      return made(kind, gives, host.note(kind, first, second, third), type(first) == "table" and first or second)
    end
    local known = isLookedUp and host.find(kind, first)
    if known then return byNumber[known] end
    return function(config) return made(kind, gives, host.note(kind, first, config), config) end
  end
end

local declarations = {
${declaring
  .map(({ name, handle }) => {
    const gives = name === "Task" ? "task" : (handle ?? plainHandles[name]);
    const traits = `${contentWords.has(name)}, ${lookedUpWords.has(name)}`;
    return `  ${name} = declaration("${name}", ${gives ? `"${gives}"` : "nil"}, ${traits}),`;
  })
  .join("\n")}
  input = declaration("input"),
  output = declaration("output"),
}
for name, value in next, declarations do _G[name] = value end

-- A constructor of a library module: module.Retriever {…}, module.Retriever:new {…}.
function declare(kind)
  local function new(_, config) return declarations[kind](config) end
  return setmetatable({ new = new }, { __call = new })
end

local function callable(name, functions)
  for function_name in next, functions do functions[function_name] = answer end
  return setmetatable(functions, { __call = function(_, ...) return declarations[name](...) end })
end
Tool = callable("Tool", ${functionsOf("Tool")})
Toolset = callable("Toolset", ${functionsOf("Toolset")})
function Tool.get(name)
  local known = host.find("Tool", name)
  return known and byNumber[known] or answer()
end
function Toolset.get(name)
  local known = host.find("Toolset", name)
  return known and byNumber[known] or answer()
end
function Toolset.define(name, config) return declarations.Toolset(name, config) end

function TaskFunction(body) return function() return body end end
function get_current_lm() end
History, Message = answer, answer

-- Builders of values -------------------------------------------------------------------------------------------------

field = {}
for _, kind in next, ${luaList(fieldBuilders)} do
  field[kind] = function(options)
    local built = {}
    for key, value in next, options or {} do built[key] = value end
    built.type, built.required = kind, built.required or false
    return setmetatable(built, { __field = kind })
  end
end
for _, kind in next, ${luaList(evaluatorBuilders)} do
  field[kind] = function(options)
    options = options or {}
    options.type = kind
    return options
  end
end
filters = {}
for _, name in next, ${luaList(historyFilters)} do filters[name] = function(...) return { name, ... } end end
for _, name in next, ${luaList(matchers)} do _G[name] = function(value) return { name, value } end end
for _, name in next, ${luaList(contextDirectives)} do
  _G[name] = function(value, options) return { directive = name, value = value, options = options } end
end
params = {}
mcp = setmetatable({}, { __index = function(_, server)
  return setmetatable({}, { __index = function(_, tool)
    return handle("tool", host.external("Tool", "mcp." .. server .. "." .. tool))
  end })
end })

-- What a file can already use while it is loaded -----------------------------------------------------------------------

local values = {}
State = {}
function State.get(key, default)
  if values[key] == nil then return default end
  return values[key]
end
function State.set(key, value) values[key] = value end
function State.increment(key, amount)
  values[key] = (values[key] or 0) + (amount or 1)
  return values[key]
end
function State.append(key, value)
  local list = values[key] or {}
  list[#list + 1] = value
  values[key] = list
end
function State.all()
  local copy = {}
  for key, value in next, values do copy[key] = value end
  return copy
end
function State.clear() for key in pairs(values) do values[key] = nil end end
local stateFields = { __index = values, __newindex = values, __pairs = function() return next, values, nil end }
setmetatable(State, stateFields)
state = setmetatable({}, stateFields)
Log, System = ${functionsOf("Log")}, ${functionsOf("System")}
for _, library in next, { Log, System } do
  for name in next, library do library[name] = function() end end
end

-- Modules --------------------------------------------------------------------------------------------------------------

local loaded, loading = {}, {}
function require(given)
  local name = gsub(gsub(given, "%.tac$", ""), "/", ".")
  if loaded[name] then return loaded[name].value, loaded[name].path end
  local found, chunk, path = host.module(name, given)
  local value
  if found == "tool" then
    value = handle("tool", host.external("Tool", chunk))
  elseif not chunk then
    value = standIn()
  else
    for index = 1, #loading do
      if loading[index] == name then error("require goes in a circle: " .. concat(loading, " → ") .. " → " .. name .. ".", 2) end
    end
    loading[#loading + 1] = name
    value = chunk(name, path)
    loading[#loading] = nil
    if value == nil then value = true end
  end
  loaded[name] = { value = value, path = path }
  return value, path
end

-- The first assignment of a global names what it holds; settings are set by a call or by an assignment.
local settings = {}
for _, name in next, ${luaList(fileSettings)} do settings[name] = function(value) host.setting(name, value) end end
setmetatable(_G, { __metatable = false, __index = settings, __newindex = function(globals, name, value)
  if settings[name] then return host.setting(name, value) end
  host.global(name, value)
  rawset(globals, name, value)
end })

return values
`;

/** A table of Lua whose values are Lua text. */
function luaTable(entries: ReadonlyArray<readonly [name: string, value: string]>): string {
  return `{ ${entries.map(([name, value]) => `["${name}"] = ${value}`).join(", ")} }`;
}

function luaList(entries: readonly Entry[]): string {
  return `{ ${entries.map(({ name }) => `"${name}"`).join(", ")} }`;
}

/** The functions of a primitive, as keys. */
function functionsOf(primitive: string): string {
  const functions = primitives.find(({ name }) => name === primitive)?.functions ?? [];
  return luaTable(functions.map(({ name }) => [name, "true"]));
}
