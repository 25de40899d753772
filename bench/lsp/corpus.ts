/** Which language the generated text is in: plain Lua, which every server reads, or procedures. */
export type CorpusKind = "lua" | "tac";

/** A generated module: deterministic, so that two runs see equal text. */
export interface Module {
  readonly text: string;
  /** A comment line in the middle that edits use. */
  readonly spareLine: number;
  /** The line with the planted syntax error. */
  readonly errorLine: number;
}

export interface ModuleOptions {
  readonly kind: CorpusKind;
  readonly lines: number;
  readonly seed: number;
  /** Names of modules that it requires. */
  readonly requires?: readonly string[];
  readonly hasError: boolean;
}

/** Lines of a module that are no blocks. */
const frameLines = 8;

/** A module of about `lines` lines that returns a table; `probe` is a local table with the members `alpha`, `beta`. */
export function makeModule({ kind, lines, seed, requires = [], hasError }: ModuleOptions): Module {
  const choose = chooser(seed);
  const block = kind === "tac" ? tacBlock : luaBlock;
  const out = ["local M = {}", ...requires.map((name) => `local ${name} = require("${name}")`)];
  out.push('local probe = { alpha = 1, beta = "two", gamma = function() return 3 end }', "");
  let spareLine = -1;
  for (let index = 0; out.length < lines - frameLines; index++) {
    if (spareLine < 0 && out.length >= lines / 2) spareLine = out.push("-- spare", "") - 2;
    out.push(...block(index, subjects[choose(subjects.length)] ?? "item", 10 + choose(90)));
  }
  if (spareLine < 0) spareLine = out.push("-- spare", "") - 2;
  const errorLine = hasError ? out.push("local planted = = 1", "") - 2 : -1;
  out.push("M.probe = probe", "return M", "");
  return { text: out.join("\n"), spareLine, errorLine };
}

const subjects = ["order", "agent", "state", "query", "token", "result", "item", "batch", "limit", "score"];

/** One documented function of some branches, and a table that mentions it. No local: Lua allows 200 in a function. */
function luaBlock(index: number, subject: string, amount: number): string[] {
  const name = `${subject}_${index}`;
  return `--- Adds up the ${subject} of step ${index}.
---@param input table
---@param ${subject} number
---@return number total
---@return string label
function M.run_${name}(input, ${subject})
  local total, parts = 0, {}
  for position = 1, ${amount} do
    if position % 3 == 0 then
      total = total + (input.weight or 1) * ${subject} + position
    elseif position % 5 == 0 then
      parts[#parts + 1] = string.format("%d:%s", position, "${subject}")
    else
      total = math.max(total, position - ${amount})
    end
  end
  return total, table.concat(parts, ",")
end
M.${name} = { run = M.run_${name}, name = "${subject} ${index}", weight = ${amount}, tags = { "a", "b" } }
`.split("\n");
}

/** One tool with its agent. */
function tacBlock(index: number, subject: string, amount: number): string[] {
  const [tool, agent] = [`${subject}_tool_${index}`, `${subject}_agent_${index}`];
  return `-- ${subject} ${index}
${tool} = Tool {
  description = "Look up the ${subject}",
  input = {
    query = field.string{required = true, description = "what to look for"},
    limit = field.number{required = false, default = ${amount}}
  },
  function(args)
    local total = 0
    for position = 1, args.limit do total = total + position end
    return "${subject}: " .. args.query .. tostring(total)
  end
}
${agent} = Agent {
  provider = "openai",
  model = "gpt-4o-mini",
  system_prompt = [[You handle the ${subject} number ${index}.]],
  tools = {${tool}},
}
M.${subject}_${index} = { run = ${tool}, name = "${subject} ${index}", weight = ${amount} }
`.split("\n");
}

/** Whole numbers below a limit that are the same for the same seed (a linear congruential generator). */
function chooser(seed: number): (limit: number) => number {
  let state = (seed * 2_654_435_761) >>> 0;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * limit);
  };
}
