import { fail, ok } from "#common/result.ts";
import { stepPatternProblem } from "#language/embedded/gherkin/match-steps.ts";
import type { DeclaredCases, DeclaredText } from "#protocol/wire/cases.ts";
import type { PlanCases } from "#runs/cases/planned-cases.ts";
import {
  type NumberedStep,
  type PlannedScenario,
  plannedScenario,
  scenarioCase,
} from "#runs/testing/scenario-plan.ts";
import { lineFinder } from "#runs/testing/specification-text.ts";

/** More scenarios of one file are a mistake of its author. */
const mostScenarios = 10_000;

/** Scenarios with this tag are listed and not run. */
const skipTag = "skip";

interface ScenarioChoice {
  readonly source: string;
  /** Only scenarios (or outlines) of this name. */
  readonly name: string | undefined;
}

/** Reads the specifications that a file declares and makes a case of each scenario. */
export function scenarioPlanner({ source, name }: ScenarioChoice): PlanCases<PlannedScenario> {
  return async (declared) => {
    if (declared.kind !== "scenario")
      return fail({ code: "protocol-error", message: "It declared no scenarios." });
    const steps = declared.steps.map((step, number): NumberedStep => ({ ...step, number }));
    const broken = brokenPattern(declared);
    if (broken) return fail(broken);
    const scenarios: PlannedScenario[] = [];
    for (const text of declared.texts) {
      const read = await readScenarios(text, steps, source);
      if (!read.ok) return read;
      scenarios.push(...read.value);
    }
    if (scenarios.length > mostScenarios) {
      return fail(invalid(`It has more than ${mostScenarios} scenarios.`, undefined));
    }
    const chosen = scenarios.filter(
      (scenario) => name === undefined || [scenario.name, scenario.title].includes(name),
    );
    return ok({
      cases: chosen.map((planned) => ({
        planned,
        isSkipped: planned.tags.includes(skipTag),
        toCase: (number) => scenarioCase(planned, number),
      })),
      evaluators: [],
    });
  };
}

/** The parser is loaded by the first file that has something to parse. */
async function readScenarios(text: DeclaredText, steps: readonly NumberedStep[], source: string) {
  const [{ parseGherkin }, { runnableScenarios }] = await Promise.all([
    import("#language/embedded/gherkin/parse-gherkin.ts"),
    import("#language/embedded/gherkin/runnable-scenarios.ts"),
  ]);
  const document = parseGherkin(text.text);
  const lineOf = lineFinder(text, source);
  const problem = document.problems.find(({ isGuess }) => isGuess !== true);
  if (problem) {
    const place = text.file === undefined ? "" : `${text.file}: `;
    return fail(invalid(`${place}${problem.message}`, lineOf(problem.start)));
  }
  return ok(
    runnableScenarios(document, steps).map((scenario) => plannedScenario(scenario, lineOf, text.file)),
  );
}

function brokenPattern({ steps }: Extract<DeclaredCases, { kind: "scenario" }>) {
  for (const { pattern, at } of steps) {
    const problem = stepPatternProblem(pattern);
    if (problem) return invalid(`Step "${pattern}": ${problem.message}`, at?.line);
  }
  return undefined;
}

function invalid(message: string, line: number | undefined) {
  return { code: "specification-invalid", message, ...(line !== undefined && { line }) };
}
