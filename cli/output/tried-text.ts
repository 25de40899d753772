import pc from "picocolors";
import { oneLine } from "#common/visible-text.ts";
import type { TriedCapability, TriedReport } from "#protocol/reports/tried-report.ts";

const marks: Readonly<Record<TriedCapability["outcome"], string>> = {
  done: pc.green("✓"),
  denied: pc.red("⊘"),
  failed: pc.yellow("✗"),
};

/** What a run tried beside what its manifest lists, for people. */
export function triedText({ tried, untried }: TriedReport): string {
  const listed = untried.map(
    ({ capability, target, origin }) =>
      `  ${pc.dim(`${capability} ${oneLine(target, 80)}  ${oneLine(origin.file, 80)}:${origin.line}`)}`,
  );
  const lines = [
    tried.length === 0 ? "The run tried nothing beyond computing." : pc.bold("tried"),
    ...tried.map(triedLine),
    ...(listed.length > 0 ? ["", pc.bold("declared, and not come to"), ...listed] : []),
  ];
  return lines.join("\n");
}

function triedLine({ capability, target, outcome, count, reason, declared }: TriedCapability): string {
  const times = count === 1 ? "" : ` ${count} times`;
  const beside = declared
    ? pc.dim(`declared at ${oneLine(declared.origin.file, 80)}:${declared.origin.line}`)
    : pc.red("not declared");
  const why = outcome === "done" || reason === undefined ? "" : pc.dim(`  ${oneLine(reason, 200)}`);
  return `  ${marks[outcome]} ${capability} ${oneLine(target, 80)}  ${outcome}${times}  ${beside}${why}`;
}
