import pc from "picocolors";
import type { Json } from "#common/json.ts";
import { costText } from "#common/measures.ts";
import { oneLine } from "#common/visible-text.ts";
import type {
  ComparedStep,
  ComparisonReport,
  RunFigures,
  TraceStep,
} from "#protocol/reports/comparison-report.ts";

/** Two runs side by side, for people: what they came to, then step by step what both or one of them did. */
export function comparisonText(report: ComparisonReport): string {
  const { base, head, steps } = report;
  const lines = [
    `${pc.bold("runs")}  ${nameOf(base)} → ${nameOf(head)}`,
    ...figures.map(([name, value]) => figureLine(name, value(base), value(head))),
    ...report.differs.flatMap((part) => pairLines(part, base[part], head[part])),
    "",
    ...steps.flatMap(stepLines),
  ];
  return lines.join("\n");
}

const figures: ReadonlyArray<readonly [string, (run: RunFigures) => string]> = [
  ["ended", ({ status }) => status],
  ["turns", ({ turns }) => `${turns}`],
  ["tool calls", ({ toolCalls }) => `${toolCalls}`],
  ["denied", ({ denied }) => `${denied}`],
  ["tokens", ({ tokens }) => `${tokens}`],
  ["cost", ({ cost }) => costText(cost)],
];

function nameOf({ run, revision }: RunFigures): string {
  return oneLine(revision === undefined ? run : `${run} (${revision.slice(0, 12)})`, 80);
}

function figureLine(name: string, before: string, after: string): string {
  const label = name.padEnd(10);
  return before === after ? pc.dim(`${label}  ${before}`) : `${label}  ${before} → ${pc.yellow(after)}`;
}

function stepLines({ base, head, differs }: ComparedStep): string[] {
  const step = base ?? head;
  if (!step) return [];
  const title = `${step.kind} ${oneLine(step.name, 80)}`;
  if (!base) return [pc.green(`+ ${title}  ${brief(step)}`)];
  if (!head) return [pc.red(`- ${title}  ${brief(step)}`)];
  if (differs.length === 0) return [pc.dim(`= ${title}`)];
  const pairs = (["given", "outcome"] as const).filter((part) => differs.includes(part));
  return [pc.yellow(`~ ${title}`), ...pairs.flatMap((part) => pairLines(part, base[part], head[part]))];
}

function brief({ given, outcome }: TraceStep): string {
  return [given, outcome]
    .map((value) => (value == null ? "" : valueText(value)))
    .filter(Boolean)
    .join(" → ");
}

function pairLines(part: string, before: Json | undefined, after: Json | undefined): string[] {
  return [`    ${part}`, pc.red(`    - ${valueText(before)}`), pc.green(`    + ${valueText(after)}`)];
}

function valueText(value: Json | undefined): string {
  return value === undefined ? "nothing" : oneLine(JSON.stringify(value), 300);
}
