import { expect, test } from "vitest";
import { parseSource } from "#language/syntax/parse-source.ts";
import { isTrivia, TokenKind, tokenText } from "#language/syntax/tokens.ts";
import { defaultFormatOptions } from "./format-options.ts";
import { formatEdits, formatSource } from "./format-source.ts";
import { sameMeaning } from "./same-meaning.ts";

const sample = `-- A desk that answers.
local done = require("tactus.tools.done")
local limit <const>, guard <close> = 10, nil

--- Finds an order.
find = Tool {
    description = "Find an order", -- shown to the model
    input = {number = field.string{required = true, description = "Order number"}},
    function(args) return {ok = args.number ~= nil, list = {1, 2, 3; 4}} end
}

clerk = Agent {
    system_prompt = [[
You answer   questions.
]], tools = {find, done}, }

function desk.orders:find(first, ...)
    local a, b = first, ...
    for index = 1, #a, 2 do if a[index] == b then goto skip end print(index); ::skip:: end
    while not self.ready and (a or b) do self:wait(100):again{}:now"x" end
    repeat local x = next(a); if x then break end until x == nil
    for key, value in pairs(a) do a[key] = -value ^ 2 .. "x" .. - -1 end
    if a then return a elseif b then return nil, "no" else error("very long message that goes on " .. tostring(a) .. " and on " .. b) end
end

local t = {[ [[key]] ] = ~1 & 2 | 3 << 4, ["x"] = #a // 2, ...}
local f = t.x; (f or print)(t.a.b.c, function() end, [==[ a ]] b ]==])
Procedure { function(input) return {value = f(input.x) and 1 or 2} end }
`;

/** The texts of a run: the sample with other white space and more comments, or with tokens left out. */
const seeds = Array.from({ length: 60 }, (_, seed) => seed + 1);

test.for(seeds)("white space and comments %i change neither meaning nor result", (seed) => {
  const source = withOtherSpace(sample, randomNumbers(seed));
  const tree = parseSource(source);
  const formatted = formatSource(tree, defaultFormatOptions);
  const again = parseSource(formatted);
  expect(again.statements.flatMap(({ problems }) => problems)).toEqual([]);
  expect(sameMeaning(tree, again)).toBe(true);
  expect(formatSource(again, defaultFormatOptions)).toBe(formatted);
  expect(applied(source)).toBe(formatted);
});

test.for(seeds)("a damaged file %i keeps what is damaged and is stable", (seed) => {
  const source = withoutTokens(sample, randomNumbers(seed));
  const tree = parseSource(source);
  const formatted = formatSource(tree, defaultFormatOptions);
  for (const [index, { problems, length }] of tree.statements.entries()) {
    const start = tree.offsets[index] ?? 0;
    if (problems.length > 0) expect(formatted).toContain(source.slice(start, start + length));
  }
  const again = parseSource(formatted);
  expect(sameMeaning(tree, again)).toBe(true);
  expect(formatSource(again, defaultFormatOptions)).toBe(formatted);
  expect(applied(source)).toBe(formatted);
});

test("each change alone leaves the meaning as it is", () => {
  for (const seed of seeds.slice(0, 8)) {
    const source = withOtherSpace(sample, randomNumbers(seed));
    const tree = parseSource(source);
    for (const { start, end, text } of formatEdits(tree, defaultFormatOptions))
      expect(sameMeaning(tree, parseSource(source.slice(0, start) + text + source.slice(end)))).toBe(true);
  }
});

test.for([
  ["a sum", "x = 1", " + 1", ""],
  ["a chain", "x = a", ":b()", ""],
  ["a table", "x = {", "1, ", "}"],
  ["semicolons", "x = 1", ";", ""],
])("%s of 20,000 parts", ([, start, part, end]) => {
  const source = `${start}${part!.repeat(20_000)}${end}`;
  const tree = parseSource(source);
  expect(sameMeaning(tree, parseSource(formatSource(tree, defaultFormatOptions)))).toBe(true);
});

function applied(source: string): string {
  let text = "";
  let at = 0;
  for (const change of formatEdits(parseSource(source), defaultFormatOptions)) {
    expect(change.start).toBeGreaterThanOrEqual(at);
    text += source.slice(at, change.start) + change.text;
    at = change.end;
  }
  return text + source.slice(at);
}

function withOtherSpace(source: string, random: () => number): string {
  const { tokens } = parseSource(source);
  let text = "";
  for (let token = 0; token < tokens.count; token++) {
    const kind = tokens.kinds[token]!;
    const endsLine =
      tokens.kinds[token - 1] === TokenKind.lineComment || tokens.kinds[token - 1] === TokenKind.shebang;
    if (kind === TokenKind.whiteSpace)
      text += (endsLine ? "\n" : "") + otherSpace(random, tokenText(tokens, token));
    else text += (token > 0 && !isTrivia(kind) && random() < 0.03 ? "\n" : "") + tokenText(tokens, token);
  }
  return text;
}

function otherSpace(random: () => number, space: string): string {
  const spaces = [
    space,
    space,
    " ",
    " ",
    "\n",
    "\n\n\n",
    "\r\n",
    "\t",
    "\n   ",
    " --[[ within ]] ",
    "  -- line\n",
    "\n--[=[\n\n]=]",
  ];
  return spaces[Math.floor(random() * spaces.length)] ?? space;
}

function withoutTokens(source: string, random: () => number): string {
  const { tokens } = parseSource(source);
  const missing = new Set(
    Array.from({ length: 1 + random() * 3 }, () => Math.floor(random() * tokens.count)),
  );
  let text = "";
  for (let token = 0; token < tokens.count; token++)
    if (!missing.has(token)) text += tokenText(tokens, token);
  return text;
}

function randomNumbers(seed: number): () => number {
  let state = seed * 7919;
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
}
