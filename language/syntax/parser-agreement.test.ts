import { expect, test } from "vitest";
import { prelude } from "#lua/dialect/prelude.ts";
import { createSyntaxCheck } from "#lua/wasm/syntax-check.ts";
import { damaged, SeededRandom } from "./damaged-text.ts";
import { parseSource } from "./parse-source.ts";
import { RandomProgram } from "./random-program.ts";
import { sampleTexts } from "./sample-texts.ts";
import type { SyntaxProblem } from "./tree.ts";

// The parser accepts exactly the texts that the compiler of the sandbox accepts.

const refusal = await createSyntaxCheck();

function problemsOf(text: string): SyntaxProblem[] {
  const { problems, statements } = parseSource(text);
  return [...problems, ...statements.flatMap((statement) => statement.problems)];
}

/** Undefined when both agree; otherwise what each says. */
function disagreement(text: string): object | undefined {
  const theirs = refusal(text);
  const ours = problemsOf(text);
  if ((theirs === undefined) === (ours.length === 0)) return undefined;
  return { text, theirs: theirs ?? "accepted", ours };
}

const corpus = [...Object.values(sampleTexts), prelude];

test("there are files to compare on", () => {
  expect(corpus.length).toBeGreaterThan(5);
});

test.for(Object.entries(sampleTexts))("file %s", ([, text]) => {
  expect(disagreement(text)).toBeUndefined();
});

/** One sample per rule; `|` separates those of a line. */
const samples = String.raw`
x = 1 | x | x = | = 1 | x = = 1 | x, y = 1 | x, y | f() = 1 | (x) = 1 | (x).y = 1 | (f()) | f().x = 1 | a.b:c = 1
a.b:c"x"{} | a:b | a. | a[1 | a[] | f{...} | f(a,) | f(,) | "x":f() | ("x"):f() | {}.x = 1 | ({}).x = 1 | x.1 = 2
local x <const> = 1 x = 2 | local x <close> = nil | local x <y> = 1 | local x<close>, y<close> = 1 | local x< | local
local x <const> = 1 function x() end | local x <const> = {} function x.y() end | local x <const> = 1 do local x x = 2 end
local x <const> = 1 local function f() x = 2 end | local function f() f = 1 end | local f <const> = function() f = 1 end
return | return; | return 1, 2; | return x = 1 | return return | do return end x = 1 | if x then return y = 1 end
break | while x do break end | repeat break until x | for i = 1, 2 do break end | while x do local f = function() break end end
goto a | goto a ::a:: | ::a:: goto a | ::a:: ::a:: | do ::a:: end ::a:: | ::a:: do ::a:: end | do goto a end ::a:: | goto a do ::a:: end
goto a local x ::a:: | goto a local x ::a:: x() | goto a local x ::a:: ; ::b:: | while x do goto c local y ::c:: end | repeat goto c local y ::c:: until y
::a:: local f = function() goto a end | ::a:: local function f() ::a:: end | goto = 1 | ::1:: | :: a :: | goto continue ::continue::
f(...) | local function f() return ... end | function f(...) return ... end | function f(...) return function() return ... end end | function f(..., a) end
function f(a, a) end | function f(a,) end | function f(,) end | function f( end | function f:a.b() end | function f.a:b() end | function (x) end | local function f.a() end
for i = 1 do end | for i = 1, 2, 3, 4 do end | for i in do end | for i, j = 1, 2 do end | for a.b in x do end | for i = 1, 2 do i = 3 end | for i = 1, 2 end
if x then | if x end | if x then else elseif y then end | if then end | if x then elseif y end | else | end | until x | do end end
{ 1 } | t = {1, 2; 3,} | t = {,} | t = {;} | t = {[1] = 2, x = 3, f()} | t = {[1]} | t = {x = } | t = {end = 1} | t = {1 2} | t = {x:y} | t = {...}
x = 3 .. 4 | x = 3..4 | x = 3. .. 4 | x = 1e | x = 1e5 | x = 1e+ | x = 0x | x = 0xg | x = 0x.8p1 | x = 0x1p | x = 0xA.Bp-3 | x = 08 | x = 1_000 | x = 3x
x = 9223372036854775808 | x = 0xffffffffffffffffffff | x = 1e999 | x = .5 | x = . | x = .. | x = 5. | x = .e1 | x = 0b1 | x = 1..2 | x = 0x1e+1 | x = 1e1.5
x = "a\z
   b" | x = "a\
b" | x = "\x41\65\u{41}\u{7FFFFFFF}\u{0000000000000000000000041}" | x = "\u{80000000}" | x = "\u{}" | x = "\u41" | x = "\x4" | x = "\256" | x = "\q" | x = "\
x = 'a" | x = "a' | x = "a | x = 'a\' | x = 'a\\' | x = [[ a | x = [==[ a ]] ]==] | x = [=a] | x = [==[ ]=] ]==] | x = [[ [[ ]] ]] | a[[[x]]] = 1 | a[ [[x]] ] = 1
-- x | --[[ x | --[[ x ]] y = 1 | --[==[ ]] ]==] | --[=x | --[=[ ]=] | x = --[[ ]] 1 | x = 1 -- [[ | #!lua | x = #y
x = not not a == b | x = - - 1 | x = -x ^ -2 | x = ~a ~ b | x = a ~= b | x = a != b | x = a && b | x = !a | x = a // b >> c << d | x += 1 | x = a < b < c | x = a and or b
f
(g) | f = a
(g).x = 1 | x = f"a" [[b]] {} (1) | x = a.b.c["d"]:e() | x = (...) | x = function() end() | x = (function() end)() | ; | ;;; | ; return | @ | x = 1 @ | $x = 1 | x = 'é' | é = 1 | x = 1 ; ; y = 2
`
  .split(/(?:^| )\| |\n(?=[^\s(])/m)
  .map((sample) => sample.trim());

test.for(samples.filter((sample) => sample !== ""))("%s", (sample) => {
  expect(disagreement(sample)).toBeUndefined();
});

test.for([
  "\0",
  "x = 1\0",
  "x = '\0'",
  "--\0\nx = 1",
  "\u001bLua",
  "\ufeffx = 1",
  "x = '\ud800'",
  "x = \ud83d\ude00",
  "x\r= 1\ry = 2",
  "x = 'a\\\r\nb'",
  "-- a\rx = = 1",
  "x = 1\n\r\n\ry = 2",
  "x\v=\f1",
  "x =\u00a01",
  "",
  "\n",
  " ",
])("odd characters %j", (text) => {
  expect(disagreement(text)).toBeUndefined();
});

const times = (count: number, text: (index: number) => string, between = "") =>
  Array.from({ length: count }, (_, index) => text(index)).join(between);

/** Programs of growing size; somewhere below 400 Lua refuses each of them, or never. */
const growing: Readonly<Record<string, (size: number) => string>> = {
  parentheses: (size) => `x=${"(".repeat(size)}1${")".repeat(size)}`,
  "unary operators": (size) => `x=${"- ".repeat(size)}a`,
  tables: (size) => `x=${"{".repeat(size)}${"}".repeat(size)}`,
  blocks: (size) => "do ".repeat(size) + "end ".repeat(size),
  functions: (size) => `x = ${"function() return ".repeat(size)} 1 ${"end ".repeat(size)}`,
  "left chains": (size) => `x = a${" + a".repeat(size * 9)}`,
  "right chains": (size) => `x = ${"a..".repeat(size)}a`,
  indexes: (size) => `x = ${"a[".repeat(size)}1${"]".repeat(size)}`,
  calls: (size) => `x = ${"a(".repeat(size)}1${")".repeat(size)}`,
  methods: (size) => `x = ${"a:b(".repeat(size)}${")".repeat(size)}`,
  "members in a row": (size) => `x = a${".b".repeat(size * 9)}`,
  targets: (size) => `${"a,".repeat(size)}a = 1`,
  labels: (size) => times(size, (index) => `::a${index}::`, " "),
  "labels in a block": (size) => `do ${times(size, (index) => `::a${index}::`, ";")} ; end`,
  conditions: (size) => "if x then ".repeat(size) + "end ".repeat(size),
  loops: (size) => `${"while x do ".repeat(size)}break ${"end ".repeat(size)}`,
  variables: (size) => times(size, (index) => `local a${index}`, "\n"),
  "variables in a block": (size) =>
    `${times(size >> 1, (index) => `local a${index}`, "\n")} do ${times(size, (index) => `local b${index}`, " ")} end`,
  "variables in a function": (size) => `function f() ${times(size, (index) => `local a${index}`, " ")} end`,
  constants: (size) => times(size, (index) => `local a${index} <const> = ${index}`, "\n"),
  "loop variables": (size) => "for i=1,2 do ".repeat(size >> 2) + "end ".repeat(size >> 2),
  parameters: (size) => `function a:b(${times(size, (index) => `a${index}`, ",")}) end`,
  arguments: (size) => `f(${times(size, () => "a", ",")})`,
  "arguments behind variables": (size) =>
    `local ${times(50, (index) => `a${index}`, ",")}\nf(${times(size, () => "1", ",")})`,
  "arguments at the end": (size) =>
    `f(${times(20, () => "a, f(").slice(0, -2)}(${times(size >> 1, () => "a", ",")}${")".repeat(21)}`,
  results: (size) => `return ${times(size, () => "1", ",")}`,
  items: (size) => `x = {${times(size, () => "a", ",")}}`,
  upvalues: (size) => {
    const opening = (index: number) => (index % 150 === 0 ? `local function f${index}() ` : "");
    const outer = times(size, (index) => `${opening(index)}local a${index} = {} `);
    const uses = times(size, (index) => `a${index} = 1 `);
    return `${outer} local function g() ${uses} end ${"end ".repeat(Math.ceil(size / 150))}`;
  },
};

test.for(Object.keys(growing))("limit of %s", (name) => {
  const sizes = Array.from({ length: 40 }, (_, index) => index * 10).concat(
    Array.from({ length: 70 }, (_, index) => 190 + index),
  );
  for (const size of sizes) expect(disagreement(growing[name]?.(size) ?? ""), `size ${size}`).toBeUndefined();
});

const rounds = Array.from({ length: 10 }, (_, round) => round);

test.for(rounds)("a thousand damaged texts, round %i", (round) => {
  let refused = 0;
  for (let index = 0; index < 1000; index++) {
    const random = new SeededRandom(round * 1000 + index);
    const text = damaged(random.pick(corpus), random, corpus);
    expect(disagreement(text), `number ${index}`).toBeUndefined();
    if (problemsOf(text).length > 0) refused++;
  }
  expect(refused).toBeGreaterThan(500);
  expect(refused).toBeLessThan(990);
});

test.for(rounds)("a thousand programs with jumps, constants and varargs, round %i", (round) => {
  let accepted = 0;
  for (let index = 0; index < 1000; index++) {
    const text = new RandomProgram(new SeededRandom(round * 1000 + index)).text();
    expect(disagreement(text), `number ${index}`).toBeUndefined();
    if (problemsOf(text).length === 0) accepted++;
  }
  expect(accepted).toBeGreaterThan(200);
});
