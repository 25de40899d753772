import { cpSync, existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import * as z from "zod";
import type { Json } from "#common/json.ts";
import type { RunEventOf } from "#protocol/events/events.ts";
import { type TestedFile, testReport } from "#protocol/reports/test-report.ts";
import { type Desk, openDesk } from "#test/contract/studio.ts";
import { publishedFolder } from "./published-archive.ts";
import { failingSpecifications, otherResults } from "./published-differences.ts";
import { publishedFiles } from "./published-examples.ts";

/** Outcomes of the original, recorded outside the project; TACTUS_VERDICTS names another place. */
const verdictsFile =
  process.env["TACTUS_VERDICTS"] ??
  fileURLToPath(new URL("../../../shared/conformance/published.json", import.meta.url));
const recorded = z.record(
  z.string(),
  z.object({
    test: z.object({ outcome: z.string() }).optional(),
    run: z.object({ outcome: z.string(), result: z.json().optional() }).optional(),
  }),
);
const verdicts = existsSync(verdictsFile)
  ? recorded.parse(JSON.parse(readFileSync(verdictsFile, "utf8")))
  : undefined;
if (!verdicts) process.stderr.write(`SKIPPED: the original's outcomes: there is no ${verdictsFile}\n`);

const embedded = ["--isolation", "embedded"];
const withoutEngine = { DOCKER_HOST: "unix:///nonexistent.sock" };

/** The published files as they lie in their repository: some name others from its root. */
const desk = openDesk({});
afterAll(() => desk[Symbol.dispose]());

for (const published of publishedFiles) {
  const folder = await publishedFolder(published);
  const title = `${published.package} ${published.version}, ${published.folder}`;
  if (!folder.ok) {
    process.stderr.write(`SKIPPED: specifications of ${title}: ${folder.error}\n`);
    test.skip(`${title}: ${folder.error}`, () => {});
    continue;
  }
  cpSync(folder.value, path.join(desk.folder, published.verdicts), { recursive: true });
  const tested = await testAll(desk, published.verdicts);
  describe(`specifications of ${title}`, () => describeSpecifications(published.verdicts, tested));
  // A suite without tests would fail.
  if (recordedRuns(published.verdicts).length > 0)
    describe(`results of ${title}`, { concurrent: true }, () => describeResults(published.verdicts));
}

/** Each specification passes with mocks, or is listed with the reason why it does not. */
function describeSpecifications(prefix: string, tested: readonly TestedFile[]): void {
  for (const { file, scenarios, error } of tested) {
    const reason = failingSpecifications[file];
    const problems = [
      ...(error ? [error.message] : []),
      ...scenarios.filter(({ status }) => status !== "passed").map(({ name, steps }) => [name, steps]),
    ];
    if (reason === undefined) test(`${file} passes`, () => expect(problems).toEqual([]));
    else test(`${file} fails: ${reason}`, () => expect(problems).not.toEqual([]));
  }
  test("every listed file is there", () => {
    const listed = Object.keys(failingSpecifications).filter((file) => file.startsWith(prefix));
    expect(tested.map(({ file }) => file)).toEqual(expect.arrayContaining(listed));
  });
  test.skipIf(!verdicts)("every specification that the original could run was run", () => {
    const ran = Object.entries(verdicts ?? {}).filter(
      ([key, { test: outcome }]) =>
        key.startsWith(prefix) && ["passed", "failed"].includes(outcome?.outcome ?? ""),
    );
    expect(tested.map(({ file }) => file)).toEqual(expect.arrayContaining(ran.map(([key]) => key)));
  });
}

/** What the original returned for files without agents, ours returns too. */
function describeResults(prefix: string): void {
  for (const [key, { run }] of recordedRuns(prefix)) {
    const difference = otherResults[key];
    test(difference === undefined ? key : `${key}: ${difference}`, async () => {
      const { status, result } = await runFile(key);
      const expected = { status: "completed", result: run?.result };
      if (difference === undefined) expect({ status, result }).toEqual(expected);
      else expect({ status, result }).not.toEqual(expected);
    });
  }
}

function recordedRuns(prefix: string) {
  return Object.entries(verdicts ?? {}).filter(
    ([key, { run }]) => key.startsWith(prefix) && run?.outcome === "success",
  );
}

/** `path name=value …`, as the records name a run. */
async function runFile(key: string): Promise<{ readonly status: string; readonly result: Json | undefined }> {
  const [file = "", ...inputs] = key.split(" ");
  const args = [
    "run",
    file,
    "--mock",
    "--json",
    ...embedded,
    ...inputs.flatMap((input) => ["--input", input]),
  ];
  const { stdout, stderr } = await desk.studio(args, withoutEngine);
  const last = stdout.trim().split("\n").at(-1) ?? "";
  if (!last.includes('"run.finished"')) throw new Error(`The run did not finish: ${stderr || stdout}`);
  const { status, result }: RunEventOf<"run.finished"> = JSON.parse(last);
  return { status, result };
}

async function testAll({ studio }: Desk, folder: string): Promise<readonly TestedFile[]> {
  const { stdout, stderr } = await studio(
    ["test", folder, "--json", "--jobs", "2", ...embedded],
    withoutEngine,
  );
  if (!stdout.startsWith("{")) throw new Error(`The tests did not finish: ${stderr || stdout}`);
  return testReport.parse(JSON.parse(stdout)).files;
}
