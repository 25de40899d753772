import type { Json } from "#common/json.ts";
import { costText } from "#common/measures.ts";
import type { RunFigures, TraceStep } from "#protocol/reports/comparison-report.ts";
import type { RunTrace } from "#runs/comparison/run-trace.ts";

/** A trace as lines that can be compared with those of another one: nothing in them differs from run to run by itself. */
export function traceText({ figures, steps }: RunTrace): string {
  return [...steps.flatMap(stepLines), "", ...figureLines(figures), ""].join("\n");
}

function stepLines({ kind, name, given, outcome, cost }: TraceStep): string[] {
  return [
    `${kind} ${oneLine(name)}`,
    ...(given === null ? [] : valueLines("given", given)),
    ...(outcome === undefined ? [] : valueLines("came to", outcome)),
    ...(cost === undefined ? [] : [`    cost    ${costText(cost)}`]),
  ];
}

/** One line for each part of an object, so that a difference is where it is. */
function valueLines(label: string, value: Json): string[] {
  const parts =
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.entries(value).map(([key, part]) => `${oneLine(key)}: ${JSON.stringify(part)}`)
      : [JSON.stringify(value)];
  return parts.map((part, index) => `    ${(index === 0 ? label : "").padEnd(7)} ${part}`);
}

function figureLines({
  status,
  result,
  error,
  turns,
  toolCalls,
  denied,
  tokens,
  cost,
}: RunFigures): string[] {
  return [
    `ended       ${status}`,
    ...(result === undefined ? [] : [`result      ${JSON.stringify(result)}`]),
    ...(error ? [`error       ${error.code}: ${oneLine(error.message)}`] : []),
    `turns       ${turns}`,
    `tool calls  ${toolCalls}`,
    `denied      ${denied}`,
    `tokens      ${tokens}`,
    `cost        ${costText(cost)}`,
  ];
}

function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, " ⏎ ");
}
