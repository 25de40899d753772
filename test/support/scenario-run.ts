import { isJsonObject, type Json } from "#common/json.ts";
import { parseGherkin } from "#language/embedded/gherkin/parse-gherkin.ts";
import { runnableScenarios } from "#language/embedded/gherkin/runnable-scenarios.ts";
import type { CaseStep, RunEventBody } from "#protocol/events/events.ts";
import { declaredCases } from "#protocol/wire/cases.ts";
import { plannedScenario, scenarioCase } from "#runs/testing/scenario-plan.ts";
import { lineFinder } from "#runs/testing/specification-text.ts";
import { type RunSourceOptions, runSource } from "#runtime/testing/run-source.ts";

type CaseFinished = Extract<RunEventBody, { type: "case.finished" }>;

/** Runs the specification of a source through the real runtime, in this process; models are mocked unless said. */
export function scenariosOf(source: string, options: RunSourceOptions = {}): CaseFinished[] {
  const waiting: Json[] = [];
  const { events, finished } = runSource(source, {
    mock: true,
    ...options,
    work: options.work ?? { kind: "scenario", seconds: 30 },
    answers: {
      ...options.answers,
      "cases.declare": (params) => {
        waiting.push(...casesOf(source, params));
        return { cases: waiting.length, evaluators: [] };
      },
      "cases.next": () => ({ next: waiting.shift() ?? null }),
    },
  });
  if (finished.status !== "completed") throw new Error(JSON.stringify(finished.error ?? finished.status));
  return events.filter((event): event is CaseFinished => event.type === "case.finished");
}

/** Runs one scenario of these steps; its steps without those that it lacks. */
export function scenarioOf(
  source: string,
  steps: readonly string[],
  options: RunSourceOptions = {},
): CaseFinished & { readonly steps: readonly CaseStep[] } {
  const text = ["Feature: f", "Scenario: s", ...steps].join("\n");
  const [scenario] = scenariosOf(`${source}\nSpecification([==[${text}]==])`, options);
  if (!scenario) throw new Error("The scenario was not run.");
  return { ...scenario, steps: scenario.steps ?? [] };
}

function casesOf(source: string, params: unknown): Json[] {
  const declared = declaredCases.parse(params);
  if (declared.kind !== "scenario") return [];
  const steps = declared.steps.map((step, number) => ({ ...step, number }));
  const planned = declared.texts.flatMap((text) =>
    runnableScenarios(parseGherkin(text.text), steps).map((scenario) =>
      plannedScenario(scenario, lineFinder(text, source), text.file),
    ),
  );
  return planned.flatMap((scenario, index) => {
    const plain: unknown = JSON.parse(JSON.stringify(scenarioCase(scenario, index + 1)));
    return isJsonObject(plain) ? [plain as Json] : [];
  });
}
