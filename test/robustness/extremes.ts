/** Inputs that no mutation reaches: each is as large or as deep as a text for the editor can get. */
export interface Extreme {
  readonly name: string;
  /** Made on demand: together they are some 100 MB. */
  readonly text: () => string;
  /** Longest time of one answer in milliseconds, where two seconds are not kept. */
  readonly longestMs?: number;
}

const megabytes = 10 * 1024 * 1024;

export const extremes: readonly Extreme[] = [
  { name: "10 MB line: one string", text: () => `x = "${"a".repeat(megabytes)}"` },
  { name: "10 MB line: one comment", text: () => `-- ${"word ".repeat(megabytes / 5)}` },
  { name: "10 MB line: statements", text: () => "x = 1 ".repeat(megabytes / 6) },
  { name: "10 MB line: opening parentheses", text: () => `x = ${"(".repeat(megabytes)}` },
  { name: "10 MB line: no Lua at all", text: () => "@$?".repeat(megabytes / 3) },
  { name: "10 MB line: quotes", text: () => `"'`.repeat(megabytes / 2) },
  { name: "10 MB of line breaks", text: () => "\n".repeat(megabytes) },
  ...["{", "(", "[", "[[", "f(", "{a={", "function() ", "if x then ", "do ", "repeat ", "x = Agent {"].map(
    (opening) => ({ name: `50,000 unclosed ${opening.trim()}`, text: () => `x = ${opening.repeat(50_000)}` }),
  ),
  { name: "20,000 nested and closed tables", text: () => `x = ${"{".repeat(20_000)}${"}".repeat(20_000)}` },
  { name: "20,000 nested and closed blocks", text: () => "do ".repeat(20_000) + "end ".repeat(20_000) },
  { name: "100,000 times not", text: () => `x = ${"not ".repeat(100_000)}y` },
  { name: "100,000 minus signs", text: () => `x = ${"- ".repeat(100_000)}y` },
  { name: "chain of 100,000 members", text: () => `x = a${".b".repeat(100_000)}` },
  { name: "chain of 50,000 calls", text: () => `a${"()".repeat(50_000)}` },
  { name: "100,000 joined strings", text: () => `x = ""${' .. "a"'.repeat(100_000)}` },
  { name: "sum of 100,000", text: () => `x = 1${" + 1".repeat(100_000)}` },
  { name: "20,000 times elseif", text: () => `if a then ${"elseif b then ".repeat(20_000)}end` },
  { name: "table of 200,000 values", text: () => `x = {${"1, ".repeat(200_000)}}` },
  {
    name: "table of 50,000 named fields",
    text: () =>
      `x = {\n${Array.from({ length: 50_000 }, (_, index) => `  key_${index} = ${index},\n`).join("")}}`,
  },
  { name: "50,000 locals", text: () => numbered(50_000, (index) => `local name_${index} = ${index}\n`) },
  {
    name: "50,000 globals that nothing declares",
    text: () => numbered(50_000, (index) => `print(unknown_${index})\n`),
    // 50,000 findings are 16 MB of JSON, which take 1.9 to 2.2 s here.
    longestMs: 3000,
  },
  {
    name: "5,000 agents and tools",
    text: () =>
      numbered(
        5_000,
        (index) =>
          `tool_${index} = Tool { description = "t", input = {}, function(args) return args end }\n` +
          `agent_${index} = Agent { model = "m", tools = {tool_${index}} }\n`,
      ),
  },
  {
    name: "20,000 labels and jumps",
    text: () => numbered(20_000, (index) => `goto l${index} ::l${index}::\n`),
  },
  { name: "one name used 100,000 times", text: () => `local a = 1\n${"a = a + a\n".repeat(30_000)}` },
  { name: "20,000 functions in each other's tables", text: () => "x = { function() return ".repeat(20_000) },
  {
    name: "specification of 50,000 steps",
    text: () => `Specification [[\nFeature: f\n  Scenario: s\n${"    Given a step\n".repeat(50_000)}]]`,
  },
  {
    name: "prompt of 50,000 placeholders",
    text: () => `a = Agent { system_prompt = [[${"{input.x} ".repeat(50_000)}]] }`,
  },
  {
    name: "50,000 annotations",
    text: () => `${"---@param x table<string, fun(a: b): c>\n".repeat(50_000)}f = 1`,
  },
  { name: "halves of surrogate pairs", text: () => `x = "${"\ud800".repeat(50_000)}"` },
  { name: "marks that turn the writing", text: () => `x = "${"\u202e\u2066".repeat(50_000)}"` },
  { name: "1 MB of NUL", text: () => "\0".repeat(1024 * 1024) },
];

function numbered(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join("");
}
