import type { CaseWork, DeclaredCases, DeclaredText } from "#protocol/wire/cases.ts";
import type { RunContext } from "../declarations/run-context.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";
import type { CasePorts } from "./case-ports.ts";

/** What a file declares for its tests, as the host is told. Throws what a file that can't be read throws. */
export function declaredCases(
  { declarations }: RunContext,
  kind: CaseWork["kind"],
  ports: CasePorts,
): DeclaredCases {
  const { tests } = declarations;
  if (kind === "scenario") {
    const steps = tests.steps.map(({ pattern, at }) => ({ pattern, ...(at && { at }) }));
    return { kind, texts: declaredTexts(tests, ports), steps };
  }
  const { evaluation } = tests;
  if (!evaluation) throw new ProcedureFailure("evaluation-missing", "The file declares no Evaluation {…}.");
  return { kind, evaluation: evaluation.value, ...(evaluation.at && { at: evaluation.at }) };
}

function declaredTexts(
  { text, files }: RunContext["declarations"]["tests"],
  ports: CasePorts,
): DeclaredText[] {
  const own = text ? [{ text: text.text, ...(text.at && { at: text.at }) }] : [];
  const read = files.map(({ path, at }) => ({
    text: ports.request("file.read", { path }).text,
    file: path,
    ...(at && { at }),
  }));
  const texts = [...own, ...read];
  if (texts.length === 0)
    throw new ProcedureFailure("specification-missing", "The file declares no Specification([[…]]).");
  return texts;
}
