import { describe, expect, test } from "vitest";
import type { AnnotatedType } from "./annotated-type.ts";
import { parseAnnotations } from "./annotations.ts";

/** Lines as a file would hold them, the first at offset 0. */
function read(source: string): ReturnType<typeof parseAnnotations> {
  let start = 0;
  const lines = source.split("\n").map((text) => {
    const line = { text, start };
    start += text.length + 1;
    return line;
  });
  return parseAnnotations(lines);
}

/** A type in one canonical spelling. */
function shown(type: AnnotatedType | undefined): string {
  switch (type?.kind) {
    case undefined:
      return "-";
    case "name":
      return type.arguments.length > 0 ? `${type.name}<${type.arguments.map(shown).join(",")}>` : type.name;
    case "literal":
      return JSON.stringify(type.value);
    case "list":
      return `${shown(type.element)}[]`;
    case "map":
      return `map<${shown(type.key)},${shown(type.value)}>`;
    case "union":
      return `(${type.members.map(shown).join("|")})`;
    case "table": {
      const fields = type.fields.map(
        (field) => `${field.name}${field.isOptional ? "?" : ""}:${shown(field.type)}`,
      );
      const index = type.index ? [`[${shown(type.index.key)}]:${shown(type.index.value)}`] : [];
      return `{${[...fields, ...index].join(",")}}`;
    }
    case "function": {
      const parameters = type.parameters.map(
        (parameter) => `${parameter.name}${parameter.isOptional ? "?" : ""}:${shown(parameter.type)}`,
      );
      return `fun(${parameters.join(",")})->${type.returns.map(shown).join(",")}`;
    }
  }
}

describe("types", () => {
  test.for([
    ["string", "string"],
    ["string|number", "(string|number)"],
    ["string | number description", "(string|number)"],
    ["| string | nil", "(string|nil)"],
    ["tactus.Agent[]", "tactus.Agent[]"],
    ["string?", "(string|nil)"],
    ["string[]?", "(string[]|nil)"],
    ["(string|number)[]", "(string|number)[]"],
    ["table", "table"],
    ["table<string, integer[]>", "map<string,integer[]>"],
    ["Box<T, fun()>", "Box<T,fun()->>"],
    ["`T`", "T"],
    ["\"a\"|'b'|'\"c\"'|-3|0x10|true", '("a"|"b"|"c"|-3|16|true)'],
    ["fun(a: T, b?: U): R", "fun(a:T,b?:U)->R"],
    ["fun(a, ...): boolean, string", "fun(a:-,...:-)->boolean,string"],
    ["fun(...: string): (ok: boolean, why: string)", "fun(...:string)->boolean,string"],
    ["fun(): number | nil", "fun()->(number|nil)"],
    ["fun", "fun"],
    ["{a: T, b?: U}", "{a:T,b?:U}"],
    ["{ a: fun(): number, b: string; [string]: any }", "{a:fun()->number,b:string,[string]:any}"],
    ["{}", "{}"],
    ["[string, number]", "(string|number)[]"],
    ["...string", "string"],
  ])("%s", ([source = "", expected]) => {
    const { type, problems } = read(`---@type ${source}`);
    expect(shown(type)).toBe(expected);
    expect(problems).toEqual([]);
  });

  test("every name knows where it stands", () => {
    const source = "--- text\n---@type table<Key, fun(a: Argument): my.Result>|Other[]";
    const names: string[] = [];
    const visit = (type: AnnotatedType | undefined): void => {
      if (type?.kind === "name") names.push(source.slice(type.nameSpan.start, type.nameSpan.end));
      if (type?.kind === "union") type.members.forEach(visit);
      if (type?.kind === "list") visit(type.element);
      if (type?.kind === "map") [type.key, type.value].forEach(visit);
      if (type?.kind === "function")
        [...type.parameters.map((each) => each.type), ...type.returns].forEach(visit);
    };
    visit(read(source).type);
    expect(names).toEqual(["Key", "Argument", "my.Result", "Other"]);
  });
});

describe("annotations", () => {
  test("a function", () => {
    const source = `--- Adds up.
--
-- With **care**.
-----------------
---@generic T: string
---@param first string what comes first
---@param second? number # the second
---@param ... integer more
---@return boolean ok, string? why # what happened
---@return string the text
---@overload fun(first: string): boolean
---@deprecated use \`sum\``;
    const annotations = read(source);
    expect(annotations.text).toBe("Adds up.\n\nWith **care**.");
    expect(
      annotations.parameters.map(({ name, isOptional, type, text, nameSpan }) => [
        name,
        isOptional,
        shown(type),
        text,
        source.slice(nameSpan.start, nameSpan.end),
      ]),
    ).toEqual([
      ["first", false, "string", "what comes first", "first"],
      ["second", true, "number", "the second", "second"],
      ["...", true, "integer", "more", "..."],
    ]);
    expect(annotations.returns.map(({ type, name, text }) => [shown(type), name, text])).toEqual([
      ["boolean", "ok", ""],
      ["(string|nil)", "why", "what happened"],
      ["string", undefined, "the text"],
    ]);
    expect(annotations.overloads.map(shown)).toEqual(["fun(first:string)->boolean"]);
    expect(annotations.generics.map(({ name, constraint }) => [name, shown(constraint)])).toEqual([
      ["T", "string"],
    ]);
    expect(annotations.deprecated).toBe("use `sum`");
    expect(annotations.problems).toEqual([]);
  });

  test("classes with their fields", () => {
    const { classes, problems } = read(`---@class (exact) Ticket<T>: Base, table<string, any> a ticket
---@field id integer number of it
---@field private secret? string
---@field private string
---@field [string] any whatever
---@class Other
---@field a {x: number}`);
    expect(problems).toEqual([]);
    expect(classes.map(({ name, parents, text }) => [name, parents.map(shown), text])).toEqual([
      ["Ticket", ["Base", "map<string,any>"], "a ticket"],
      ["Other", [], ""],
    ]);
    const fields = classes.map((each) =>
      each.fields.map(({ name, key, isOptional, type }) => [name ?? shown(key), isOptional, shown(type)]),
    );
    expect(fields).toEqual([
      [
        ["id", false, "integer"],
        ["secret", true, "string"],
        ["private", false, "string"],
        ["string", false, "any"],
      ],
      [["a", false, "{x:number}"]],
    ]);
  });

  test("members of a union on lines of their own", () => {
    const { aliases, parameters } = read(`---@alias Mode
---| "fast" # soon
---|> "slow"
---@param mode "a"
---| "b"
---@param other string`);
    expect(aliases.map(({ name, type }) => [name, shown(type)])).toEqual([["Mode", '("fast"|"slow")']]);
    expect(parameters.map(({ type }) => shown(type))).toEqual(['("a"|"b")', "string"]);
  });

  test.for([
    ["---@param", "`@param` needs the name of a parameter.", undefined],
    ["---@param x", "A type is missing after the parameter's name.", undefined],
    ["---@return", "`@return` needs a type.", undefined],
    ["---@type", "`@type` needs a type.", undefined],
    ["---@type string|", "A type is missing after `|`.", undefined],
    ["---@type table<string", "A `>` is missing.", "<string"],
    ["---@type {a: string", "A `}` is missing.", "{a: string"],
    ["---@type fun(a: string", "A `)` is missing.", "(a: string"],
    ['---@type "open', 'This text has no closing ".', '"open'],
    ["---@class", "`@class` needs a name.", undefined],
    ["---@field x string", "`@field` belongs below a `@class`.", " x string"],
    ["---@overload string", "`@overload` needs a function type, such as `fun(name: string)`.", " string"],
    [`---@type ${"(".repeat(99)}`, "This type is nested too deeply to be read.", undefined],
  ] as const)("damaged: %s", ([source, message, place]) => {
    const { problems } = read(source);
    const problem = problems.find((each) => each.message === message);
    expect(problem).toBeDefined();
    if (place !== undefined) expect(source.slice(problem!.start, problem!.end)).toBe(place);
  });

  test("what is unknown says nothing", () => {
    const annotations = read("---@nodiscard\n---@see somewhere\n---@cast x string\n---@diagnostic disable");
    expect(annotations).toMatchObject({ text: "", problems: [], parameters: [], returns: [] });
  });

  test("any text is read without a throw, and in linear time", () => {
    const pieces =
      "@param @return @type @class @field @alias fun( ) < > { } [ ] | ? , : ... \" ' ` # x string é 😀".split(
        " ",
      );
    let seed = 1;
    const next = (below: number): number => {
      seed = (seed * 48271) % 2147483647;
      return seed % below;
    };
    for (let round = 0; round < 2000; round++) {
      const text = Array.from({ length: next(30) }, () => pieces[next(pieces.length)]).join(
        next(2) ? " " : "",
      );
      const annotations = read(`---${text}\n---@type ${text}`);
      for (const problem of annotations.problems) expect(problem.start).toBeLessThanOrEqual(problem.end);
    }
    read(`---@type ${"a|".repeat(250_000)}a\n---@type ${"fun(".repeat(100_000)}\n--${" x".repeat(100_000)}`);
  });
});
