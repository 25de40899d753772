import pc from "picocolors";
import type { Result } from "#common/result.ts";
import { oneLine } from "#common/visible-text.ts";
import { effectiveConfigText } from "#language/sidecar/effective-config-text.ts";
import { type ExitCode, exitCodes } from "#protocol/exit-codes.ts";
import { folderConfig } from "#runs/session/folder-config.ts";
import type { ImageVariant } from "#sandbox/docker/runtime-image.ts";
import type { IsolationUnavailable } from "#sandbox/isolation.ts";
import {
  buildSandboxImage,
  type IsolationReport,
  pruneSandbox,
  sandboxReport,
  selfTestReport,
} from "#sandbox/sandbox-report.ts";
import { printProblem } from "../output/problem-text.ts";
import { printSelfTest } from "../output/self-test-text.ts";
import { print, printJson, printPart } from "../output/terminal.ts";
import { sandboxSetup } from "../sandbox-setup.ts";

interface OutputOptions {
  readonly json: boolean;
}

/**
 * `sandbox doctor`: each isolation and its controls, and what the config files of this folder come to. Exit code 3 when
 * there is no isolation at all. With `--self-test` sandboxes are started and tried instead; exit code 1 when something was
 * not held.
 */
export async function doctor({
  json,
  selfTest,
}: OutputOptions & { readonly selfTest?: boolean }): Promise<ExitCode> {
  if (selfTest) return printSelfTest(await selfTestReport(sandboxSetup), json);
  const [report, config] = await Promise.all([sandboxReport(sandboxSetup), folderConfig(process.cwd())]);
  if (json) printJson({ ...report, config });
  else {
    for (const [name, isolation] of Object.entries(report)) {
      print(isolationLines(name, isolation).join("\n"));
    }
    printPart(`\n${effectiveConfigText(config, "Effective configuration of this folder")}`);
  }
  const any = report.docker.available || report.embedded.available;
  return any ? exitCodes.done : exitCodes.isolationUnavailable;
}

/** `sandbox build`: makes the image, or with `--python` the one for runs with plugin tools, unless the engine has it. */
export async function build({ json, ...variant }: OutputOptions & ImageVariant): Promise<ExitCode> {
  return report(await buildSandboxImage(sandboxSetup, variant), json, ({ image, built, bytes }) => {
    const size = `${(bytes / 1e6).toFixed(0)} MB`;
    return built ? `Built ${image} (${size}).` : `${image} is there already (${size}).`;
  });
}

/** `sandbox prune`: removes abandoned containers and images of other versions. */
export async function prune({ json }: OutputOptions): Promise<ExitCode> {
  return report(await pruneSandbox(sandboxSetup), json, ({ containers, images }) =>
    [...containers, ...images].length === 0
      ? "Nothing was left behind."
      : `Removed ${containers.length} containers and ${images.length} images.`,
  );
}

function report<Value>(
  outcome: Result<Value, IsolationUnavailable>,
  json: boolean,
  sentence: (value: Value) => string,
): ExitCode {
  if (!outcome.ok) {
    printProblem(`${outcome.error.message} ${outcome.error.remedy}`);
    return exitCodes.isolationUnavailable;
  }
  if (json) printJson(outcome.value);
  else print(sentence(outcome.value));
  return exitCodes.done;
}

const marks = {
  on: pc.green("on"),
  off: pc.yellow("off"),
  unavailable: pc.red("not available here"),
} as const;

function isolationLines(name: string, report: IsolationReport): string[] {
  if (!report.available) {
    return [
      `${pc.bold(name)}: ${pc.red("not available")}`,
      `  ${oneLine(report.message, 1000)}`,
      `  ${pc.bold("Next:")} ${oneLine(report.remedy, 1000)}`,
    ];
  }
  return [
    `${pc.bold(name)}: ${pc.green("available")}. ${oneLine(report.description, 400)}`,
    ...report.controls.map(
      ({ control, status, meaning }) => `  ${control}: ${marks[status]}. ${pc.dim(oneLine(meaning, 400))}`,
    ),
  ];
}
