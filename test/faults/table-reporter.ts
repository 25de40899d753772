import type { Reporter, TestCase, TestModule } from "vitest/node";
import type { FaultReport } from "./fault.ts";

/** Prints what `npm run faults` is for: each fault with the state it ended in, what was lost and what was left behind. */
export class TableReporter implements Reporter {
  readonly #reports: FaultReport[] = [];
  #failed = 0;

  onTestRunStart(): void {
    process.stdout.write("| fault | reached | lost | left behind |\n|---|---|---|---|\n");
  }

  onTestCaseResult(test: TestCase): void {
    const { fault } = test.meta();
    if (fault) {
      this.#reports.push(fault);
      process.stdout.write(`${lineOf(fault)}\n`);
    }
    const result = test.result();
    // Without a note it was not asked for.
    if (result.state === "skipped" && result.note)
      process.stdout.write(`not made here (${result.note}): ${test.name}\n`);
    if (result.state !== "failed") return;
    this.#failed++;
    process.stdout.write(
      `FAILED ${test.name}\n${result.errors.map(({ diff, message }) => diff ?? message).join("\n")}\n`,
    );
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    for (const { message } of modules.flatMap((module) => module.errors()))
      process.stdout.write(`${message}\n`);
    const count = (kind: "lost" | "leaked"): number =>
      this.#reports.reduce((sum, report) => sum + report[kind].length, 0);
    process.stdout.write(
      `\n${this.#reports.length} faults, ${count("lost")} states lost, ${count("leaked")} leaks, ${this.#failed} did not end as they must\n`,
    );
  }
}

function lineOf({ fault, reached, lost, leaked }: FaultReport): string {
  return `| ${fault} | ${reached} | ${said(lost)} | ${said(leaked)} |`;
}

function said(list: readonly string[]): string {
  return list.length === 0 ? "0" : `${list.length}: ${list.join("; ")}`;
}
