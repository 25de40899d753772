import { named, oneOf, type Repository, type Rule } from "./rule.ts";

/** Lua 5.4, after its reference manual: lexical conventions (3.1), statements (3.3), standard library (6). */

const standardTables: Readonly<Record<string, readonly string[]>> = {
  coroutine: ["close", "create", "isyieldable", "resume", "running", "status", "wrap", "yield"],
  math: [
    ...[
      "abs",
      "acos",
      "asin",
      "atan",
      "ceil",
      "cos",
      "deg",
      "exp",
      "floor",
      "fmod",
      "huge",
      "log",
      "max",
      "maxinteger",
    ],
    ...[
      "min",
      "mininteger",
      "modf",
      "pi",
      "rad",
      "random",
      "randomseed",
      "sin",
      "sqrt",
      "tan",
      "tointeger",
      "type",
      "ult",
    ],
  ],
  os: ["clock", "date", "difftime", "time"],
  string: [
    ...["byte", "char", "find", "format", "gmatch", "gsub", "len", "lower", "match"],
    ...["pack", "packsize", "rep", "reverse", "sub", "unpack", "upper"],
  ],
  table: ["concat", "insert", "move", "pack", "remove", "sort", "unpack"],
  utf8: ["char", "charpattern", "codepoint", "codes", "len", "offset"],
};

const standardFunctions = [
  ...[
    "assert",
    "error",
    "getmetatable",
    "ipairs",
    "load",
    "next",
    "pairs",
    "pcall",
    "print",
    "rawequal",
    "rawget",
  ],
  ...[
    "rawlen",
    "rawset",
    "require",
    "select",
    "setmetatable",
    "tonumber",
    "tostring",
    "type",
    "warn",
    "xpcall",
  ],
];

const escapeSequence = String.raw`\\(?:[abfnrtv\\"']|z\s*|x\h{2}|\d{1,3}|u\{\h+\}|$)`;

function quoted(quote: string, kind: string): Rule {
  return {
    name: `string.quoted.${kind}.tactus`,
    begin: quote,
    end: `${quote}|(?<!\\\\)$`,
    beginCaptures: { 0: named("punctuation.definition.string.begin.tactus") },
    endCaptures: { 0: named("punctuation.definition.string.end.tactus") },
    patterns: [{ include: "#template" }, { include: "#escape" }],
  };
}

export const luaRules: Repository = {
  comment: {
    patterns: [
      {
        name: "comment.block.tactus",
        begin: String.raw`--\[(=*)\[`,
        end: String.raw`\]\1\]`,
        captures: { 0: named("punctuation.definition.comment.tactus") },
      },
      {
        name: "comment.line.double-dash.tactus",
        match: "(--).*$",
        captures: { 1: named("punctuation.definition.comment.tactus") },
      },
      { name: "comment.line.shebang.tactus", match: String.raw`\A#!.*$` },
    ],
  },
  escape: {
    patterns: [
      { name: "constant.character.escape.tactus", match: escapeSequence },
      { name: "invalid.illegal.escape.tactus", match: String.raw`\\.` },
    ],
  },
  string: {
    patterns: [
      quoted('"', "double"),
      quoted("'", "single"),
      {
        name: "string.quoted.other.multiline.tactus",
        begin: String.raw`\[(=*)\[`,
        end: String.raw`\]\1\]`,
        beginCaptures: { 0: named("punctuation.definition.string.begin.tactus") },
        endCaptures: { 0: named("punctuation.definition.string.end.tactus") },
        patterns: [{ include: "#template" }],
      },
    ],
  },
  number: {
    patterns: [
      {
        name: "constant.numeric.hex.tactus",
        match: String.raw`\b0[xX](?:\h+\.?\h*|\.\h+)(?:[pP][+-]?\d+)?`,
      },
      {
        name: "constant.numeric.decimal.tactus",
        match: String.raw`(?<![\w.])(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?`,
      },
    ],
  },
  keyword: {
    patterns: [
      { name: "keyword.control.goto.tactus", match: String.raw`::\s*[A-Za-z_]\w*\s*::` },
      {
        match: String.raw`\b(goto)\s+([A-Za-z_]\w*)`,
        captures: { 1: named("keyword.control.goto.tactus"), 2: named("entity.name.label.tactus") },
      },
      {
        name: "keyword.control.tactus",
        match: String.raw`(?<![.:])\b(?:break|do|else|elseif|end|for|if|in|repeat|return|then|until|while)\b`,
      },
      { name: "storage.type.function.tactus", match: String.raw`(?<![.:])\bfunction\b` },
      { name: "storage.modifier.local.tactus", match: String.raw`(?<![.:])\blocal\b` },
      { name: "storage.modifier.attribute.tactus", match: String.raw`<\s*(?:const|close)\s*>` },
      { name: "keyword.operator.logical.tactus", match: String.raw`(?<![.:])\b(?:and|or|not)\b` },
      {
        name: "constant.language.tactus",
        match: String.raw`(?<![.:])\b(?:nil|true|false)\b|(?<!\.)\.{3}(?!\.)`,
      },
    ],
  },
  operator: {
    patterns: [
      { name: "keyword.operator.comparison.tactus", match: "==|~=|<=|>=|<(?!<)|>(?!>)" },
      { name: "keyword.operator.assignment.tactus", match: "=" },
      { name: "keyword.operator.bitwise.tactus", match: "<<|>>|[&|~]" },
      { name: "keyword.operator.concatenation.tactus", match: String.raw`(?<!\.)\.\.(?!\.)` },
      { name: "keyword.operator.arithmetic.tactus", match: "//|[-+*/%^#]" },
    ],
  },
  functionName: {
    match: String.raw`(?<![.:])\b(function)\s+([A-Za-z_][\w.:]*)`,
    captures: { 1: named("storage.type.function.tactus"), 2: named("entity.name.function.tactus") },
  },
  standardLibrary: {
    patterns: [
      ...Object.entries(standardTables).map(
        ([table, members]): Rule => ({
          match: String.raw`(?<![.:])\b(${table})\s*(\.)\s*(${oneOf(members)})\b`,
          captures: {
            1: named("support.class.tactus"),
            2: named("punctuation.accessor.tactus"),
            3: named("support.function.library.tactus"),
          },
        }),
      ),
      {
        name: "support.function.tactus",
        match: String.raw`(?<![.:])\b${oneOf(standardFunctions)}\b(?=\s*[({"'\[])`,
      },
    ],
  },
  call: {
    patterns: [
      {
        match: String.raw`([.:])\s*([A-Za-z_]\w*)(?=\s*(?:[({"']|\[=*\[))`,
        captures: { 1: named("punctuation.accessor.tactus"), 2: named("entity.name.function.method.tactus") },
      },
      {
        name: "entity.name.function.call.tactus",
        match: String.raw`\b[A-Za-z_]\w*(?=\s*(?:[({"']|\[=*\[))`,
      },
    ],
  },
  punctuation: {
    patterns: [
      { name: "punctuation.section.braces.tactus", match: "[{}]" },
      { name: "punctuation.section.parens.tactus", match: "[()]" },
      { name: "punctuation.section.brackets.tactus", match: String.raw`[\[\]]` },
      { name: "punctuation.separator.tactus", match: "[,;]" },
    ],
  },
};
