import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import * as z from "zod";
import { checkReport } from "#protocol/reports/check-report.ts";
import { openDesk } from "#test/contract/studio.ts";
import { publishedFolder } from "./published-archive.ts";
import { defectiveExamples, publishedRelease, rejectedExamples } from "./published-examples.ts";

type Finding = z.infer<typeof checkReport>["diagnostics"][number];

/** Verdicts of the original, recorded outside the project; TACTUS_VERDICTS names another place. */
const verdictsFile =
  process.env["TACTUS_VERDICTS"] ??
  fileURLToPath(new URL("../../../shared/conformance/published.json", import.meta.url));
const verdicts = z.record(z.string(), z.object({ validate: z.object({ valid: z.boolean() }).optional() }));

const downloaded = await publishedFolder({ ...publishedRelease, folder: "examples" });
if (!downloaded.ok) process.stderr.write(`SKIPPED: published examples: ${downloaded.error}\n`);
const folder = downloaded.ok ? downloaded.value : undefined;
const names = folder === undefined ? [] : listExamples(folder);
const findings = folder === undefined ? new Map<string, Finding[]>() : await checkAll(folder);
if (folder !== undefined) process.stderr.write(`${summaryOfWarnings()}\n`);

test.skipIf(!downloaded.ok)(
  downloaded.ok ? "the archive holds the examples" : `examples: ${downloaded.error}`,
  () => {
    expect(names).toHaveLength(publishedRelease.examples);
    expect(names).toEqual(expect.arrayContaining(Object.keys({ ...rejectedExamples, ...defectiveExamples })));
  },
);

for (const name of names) {
  const defect = defectiveExamples[name];
  if (name in rejectedExamples)
    test(`${name}, which the original rejects, has an error`, () => expect(errorsOf(name)).not.toEqual([]));
  else if (defect)
    test(`${name} has the error that it deserves: ${defect.reason}`, () => {
      expect([...new Set(errorsOf(name).map(({ code }) => code))].sort()).toEqual([...defect.codes].sort());
    });
  else test(`${name} has no false error`, () => expect(errorsOf(name).map(asLine)).toEqual([]));
}

test.skipIf(!downloaded.ok || !existsSync(verdictsFile))(
  "the recorded verdicts of the original are ours",
  () => {
    const recorded = Object.entries(verdicts.parse(JSON.parse(readFileSync(verdictsFile, "utf8"))));
    const examples = recorded.filter(([key]) => key.startsWith("examples/") && !key.includes(" "));
    const rejected = examples.filter(([, { validate }]) => validate?.valid === false);
    expect(examples.map(([key]) => key.slice("examples/".length)).sort()).toEqual([...names].sort());
    expect(rejected.map(([key]) => key.slice("examples/".length)).sort()).toEqual(
      Object.keys(rejectedExamples).sort(),
    );
  },
);

function listExamples(root: string): string[] {
  return readdirSync(root, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".tac"));
}

/** What the built command says about every example, as a person would ask it. */
async function checkAll(root: string): Promise<Map<string, Finding[]>> {
  using desk = openDesk({});
  const files = names.map((name) => path.join(root, name));
  const { stdout, stderr } = await desk.studio(["check", "--json", ...files]);
  if (!stdout.startsWith("{")) throw new Error(`The check did not finish: ${stderr || stdout}`);
  const { diagnostics } = checkReport.parse(JSON.parse(stdout));
  return Map.groupBy(diagnostics, ({ file }) => path.relative(root, file));
}

function errorsOf(name: string): Finding[] {
  return (findings.get(name) ?? []).filter(({ severity }) => severity === "error");
}

function asLine({ range, code, message }: Finding): string {
  return `${range.start.line + 1}: ${code}: ${message}`;
}

/** Warnings are allowed, but a rule that warns about every second example wants a look. */
function summaryOfWarnings(): string {
  const all = [...findings.values()].flat().filter(({ severity }) => severity !== "error");
  const lines = [...Map.groupBy(all, ({ severity, code }) => `${severity} ${code}`)]
    .sort(([, left], [, right]) => right.length - left.length)
    .map(
      ([kind, found]) => `  ${kind}: ${found.length} in ${new Set(found.map(({ file }) => file)).size} files`,
    );
  return [`published examples: ${all.length} findings that are no errors`, ...lines].join("\n");
}
