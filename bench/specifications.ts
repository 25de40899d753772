import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { type Comparison, comparePaired } from "./paired.ts";
import { timeProcess } from "./run-studio.ts";

const studio = path.resolve(import.meta.dirname, "../bin/tactus-studio");
const rounds = 3;

/** What is measured of specifications and checks, each against a peer of the same run. */
export interface SpecificationFigures {
  readonly name: string;
  readonly comparison: Comparison;
}

/** One file with one scenario: the smallest thing to test. */
const small = `greeter = Agent { provider = "openai", model = "gpt-4o-mini", system_prompt = "Greet." }
Procedure {
    output = {greeting = field.string{required = true}},
    function(input) return {greeting = tostring(greeter("Hello"))} end
}
Specification([[
Feature: Greeting
  Scenario: Greets
    Given the procedure has started
    And the agent "greeter" responds with "Hi!"
    When the procedure runs
    Then the procedure should complete successfully
]])
`;

/** A hundred scenarios that compute for a while. */
const hundred = `Procedure {
    input = {n = field.number{default = 0}},
    function(input)
        local sum = 0
        for i = 1, 300000 do sum = sum + i % (input.n + 1) end
        return {n = input.n}
    end
}
Specification([[
Feature: Many
${Array.from({ length: 100 }, (_, n) => `  Scenario: number ${n}\n    Given the input n is ${n}\n    When the procedure runs\n    Then the output n should be ${n}\n`).join("")}]])
`;

/** Measures in a folder; `original` is the command of the original program, if there is one. */
export async function measureSpecifications(
  folder: string,
  original: string | undefined,
): Promise<readonly SpecificationFigures[]> {
  writeFileSync(path.join(folder, "small.tac"), small);
  writeFileSync(path.join(folder, "hundred.tac"), hundred);
  const test = (file: string, jobs: number) => () =>
    timeStudio(folder, ["test", file, "--json", "--isolation", "embedded", "--jobs", String(jobs)]);
  const figures: SpecificationFigures[] = [
    {
      name: "100 scenarios with 2 jobs ÷ with 1 job (ideal 0.5, at most 0.6)",
      comparison: await comparePaired(test("hundred.tac", 2), test("hundred.tac", 1), rounds),
    },
  ];
  if (original === undefined) return figures;
  const peer = (args: readonly string[]) => () => timeProcess(original, args, folder);
  return [
    ...figures,
    {
      name: "test of one file ÷ the original's `test --mock` (at most 0.033)",
      comparison: await comparePaired(test("small.tac", 1), peer(["test", "small.tac", "--mock"]), rounds),
    },
    {
      name: "check of one file ÷ the original's `validate` (at most 0.033)",
      comparison: await comparePaired(
        () => timeStudio(folder, ["check", "small.tac", "--json"]),
        peer(["validate", "small.tac"]),
        rounds,
      ),
    },
  ];
}

/** Seconds of a whole command. Throws when it does not end with 0: a failure must not pass for a fast one. */
async function timeStudio(folder: string, args: readonly string[]): Promise<number> {
  const startedAt = performance.now();
  const child = spawn(studio, args, { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`${args.join(" ")} ended with ${code}.`);
  return (performance.now() - startedAt) / 1000;
}
