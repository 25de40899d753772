import { expect, test } from "vitest";
import { cursorSlot } from "#language/completion/cursor-slot.ts";
import { parseSource } from "#language/syntax/parse-source.ts";

const cases: Readonly<Record<string, string>> = {
  "<|>": "statement file",
  "x = 1\nlo<|>": "statement file",
  "x = 1 <|>": "operator file",
  "x = <|>": "expression file",
  "x = a an<|>": "operator file",
  "return <|>": "expression file",
  "f()\n<|>": "statement file",
  "local <|>": "newName file",
  "local a, <|>": "newName file",
  "local a <<|>": "attribute file",
  "x = a < <|>": "expression file",
  "local function <|>": "newName function",
  "function f(<|>": "newName (",
  "function f(a, <|>)": "newName (",
  "function f() <|>": "statement function",
  "function f()\n  <|>\nend": "statement function",
  "x = function(a) <|> end": "statement function",
  "function f() end\n<|>": "statement file",
  "if <|>": "expression if",
  "if a <|>": "operator if",
  "if a\n<|>": "operator if",
  "if a then <|>": "statement then",
  "if a then b() elseif <|>": "expression if",
  "if a then b() else <|>": "statement else",
  "if a then b() end <|>": "operator file",
  "while a do b() end\n<|>": "statement file",
  "do b() end\nwhile x <|>": "operator while",
  "while a do <|>": "statement do",
  "for i <|>": "operator for",
  "for <|>": "newName for",
  "for k, <|>": "newName for",
  "for i = 1, <|>": "expression for",
  "for i = 1, 2 do <|>": "statement do",
  "repeat <|>": "statement repeat",
  "repeat a() until <|>": "expression file",
  "repeat a() until x\n<|>": "statement file",
  "f(<|>": "expression ( 0",
  "f(a, <|>)": "expression ( 1",
  "f(a, g(1, 2), {3, 4}, function() h(5, 6) end, <|>)": "expression ( 4",
  "f(a <|>)": "operator (",
  "f(a\n<|>)": "operator (",
  "t = { <|> }": "tableField { 0",
  "t = { a = <|> }": "expression { a",
  "t = { a = 1, <|> }": "tableField { 1",
  "t = { a = 1\n<|> }": "tableField { 0",
  "t = { a = 1 <|> }": "operator {",
  "t = { a = x or <|> }": "expression {",
  "t = { [<|>": "expression [",
  "t = { a = { b = <|> } }": "expression { b",
  "x.<|>": "member file",
  "x:<|>": "member file",
  "goto <|>": "label file",
  "::<|>": "newName file",
  "P { function(input)\n  <|>\nend }": "statement function",
  "P { input = {},\n  <|>": "tableField { 1",
  "a = Agent {\n  model = <|>\n  provider = 1,\n}": "expression { model",
};

test.for(Object.entries(cases))("%j", ([marked, expected]) => {
  const offset = marked.indexOf("<|>");
  const { tokens } = parseSource(marked.replace("<|>", ""));
  const { kind, opener, index, field } = cursorSlot(tokens, offset);
  const more = expected.split(" ").length > 2 ? ` ${field ?? index}` : "";
  expect(`${kind} ${opener}${more}`).toBe(expected);
});
