import pc from "picocolors";
import { oneLine } from "#common/visible-text.ts";
import { type ExitCode, exitCodes } from "#protocol/exit-codes.ts";
import type { SelfTestReport } from "#sandbox/sandbox-report.ts";
import { print, printJson } from "./terminal.ts";

type SelfTest = SelfTestReport[keyof SelfTestReport];

/** Prints what each isolation held. Done only when all of it held in every isolation that is there. */
export function printSelfTest(report: SelfTestReport, json: boolean): ExitCode {
  if (json) printJson({ selfTest: report });
  else
    print(
      Object.entries(report)
        .flatMap(([name, test]) => selfTestLines(name, test))
        .join("\n"),
    );
  const tried = Object.values(report).flatMap((test) => (test.available ? [test.results] : []));
  if (tried.length === 0) return exitCodes.isolationUnavailable;
  return tried.flat().every(({ held }) => held) ? exitCodes.done : exitCodes.failed;
}

function selfTestLines(name: string, test: SelfTest): string[] {
  if (!test.available) {
    return [
      `${pc.bold(name)}: ${pc.red("not tried")}`,
      `  ${oneLine(test.message, 1000)}`,
      `  ${pc.bold("Next:")} ${oneLine(test.remedy, 1000)}`,
    ];
  }
  const held = test.results.filter((result) => result.held).length;
  return [
    `${pc.bold(name)}: ${held} of ${test.results.length} attempts were held`,
    ...test.results.map(
      (result) =>
        `  ${result.held ? pc.green("held") : pc.red("NOT HELD")}  ${oneLine(result.control, 60)}: ${oneLine(result.tried, 100)} ${pc.dim(`(${oneLine(result.found, 200)})`)}`,
    ),
  ];
}
