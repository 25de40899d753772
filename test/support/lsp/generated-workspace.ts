import type { WorkspaceFolder } from "./workspace-folder.ts";

/** Of ten generated files one has a syntax error, in its last but one line. */
export const errorEvery = 10;

/** A file of about as many lines that declares tools and agents; the same for the same number. */
export function generatedProcedure(
  number: number,
  lines: number,
  options: { readonly requires?: readonly string[]; readonly isBroken?: boolean } = {},
): string {
  const out = [
    "local M = {}",
    ...(options.requires ?? []).map((name) => `local ${name} = require("${name}")`),
  ];
  for (let block = 0; out.length < lines - 4; block++) {
    const name = `${number}_${block}`;
    out.push(
      `tool_${name} = Tool {`,
      `  description = "Looks up number ${name}",`,
      "  input = { query = field.string{required = true}, limit = field.number{default = 3} },",
      "  function(args)",
      "    local total = 0",
      "    for position = 1, args.limit do total = total + position end",
      '    return args.query .. ": " .. tostring(total)',
      "  end,",
      "}",
      `agent_${name} = Agent {`,
      '  provider = "openai",',
      '  model = "gpt-4o-mini",',
      `  system_prompt = [[You handle number ${name}.]],`,
      `  tools = {tool_${name}},`,
      "}",
      `M.entry_${name} = { run = tool_${name}, weight = ${block} }`,
      "",
    );
  }
  if (options.isBroken) out.push("local planted = = 1");
  out.push("return M", "");
  return out.join("\n");
}

/** Writes files `file_0.tac`, `file_1.tac`, …, that require each other. */
export function writeProcedures(folder: WorkspaceFolder, files: number, lines: number): void {
  for (let number = 0; number < files; number++) {
    const requires = [1, 7, 31].map((back) => number - back).filter((other) => other >= 0);
    const text = generatedProcedure(number, lines, {
      requires: requires.map((other) => `file_${other}`),
      isBroken: number % errorEvery === errorEvery - 1,
    });
    folder.write(`file_${number}.tac`, text);
  }
}
