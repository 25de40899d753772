import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { checkReport } from "#protocol/reports/check-report.ts";
import { openDesk } from "#test/contract/studio.ts";
import { publishedFolder } from "./published-archive.ts";
import { type PublishedFiles, publishedFiles } from "./published-examples.ts";

type Finding = z.infer<typeof checkReport>["diagnostics"][number];
type Findings = ReadonlyMap<string, readonly Finding[]>;

/** Verdicts of the original, recorded outside the project; TACTUS_VERDICTS names another place. */
const verdictsFile =
  process.env["TACTUS_VERDICTS"] ??
  fileURLToPath(new URL("../../../shared/conformance/published.json", import.meta.url));
const verdicts = z.record(z.string(), z.object({ validate: z.object({ valid: z.boolean() }).optional() }));

for (const published of publishedFiles) {
  const title = `${published.package} ${published.version}, ${published.folder}`;
  const folder = await publishedFolder(published);
  if (folder.ok) await describePublished(title, published, folder.value);
  else {
    process.stderr.write(`SKIPPED: ${title}: ${folder.error}\n`);
    test.skip(`${title}: ${folder.error}`, () => {});
  }
}

async function describePublished(title: string, published: PublishedFiles, folder: string): Promise<void> {
  const { rejected, defective } = published;
  const names = listFiles(folder);
  const findings = await checkAll(folder, names);
  process.stderr.write(`${title}: ${summaryOfWarnings(findings)}\n`);
  describe(title, () => {
    test("the archive holds the files", () => {
      expect(names).toHaveLength(published.files);
      expect(names).toEqual(expect.arrayContaining(Object.keys({ ...rejected, ...defective })));
    });
    for (const name of names) {
      const errors = (findings.get(name) ?? []).filter(({ severity }) => severity === "error");
      describeFile(name, published, errors);
    }
    test.skipIf(!existsSync(verdictsFile))("what the original rejects is listed", () => {
      const recorded = Object.entries(verdicts.parse(JSON.parse(readFileSync(verdictsFile, "utf8"))))
        .filter(([key]) => key.startsWith(published.verdicts) && !key.includes(" "))
        .map(([key, { validate }]) => [key.slice(published.verdicts.length), validate?.valid] as const);
      expect(names).toEqual(expect.arrayContaining(recorded.map(([name]) => name)));
      expect(
        recorded
          .filter(([, isValid]) => isValid === false)
          .map(([name]) => name)
          .sort(),
      ).toEqual(Object.keys(rejected).sort());
    });
  });
}

function describeFile(
  name: string,
  { rejected, defective }: PublishedFiles,
  errors: readonly Finding[],
): void {
  const defect = defective[name];
  if (name in rejected)
    test(`${name}, which the original rejects, has an error`, () => expect(errors).not.toEqual([]));
  else if (defect)
    test(`${name} has the error that it deserves: ${defect.reason}`, () => {
      expect([...new Set(errors.map(({ code }) => code))].sort()).toEqual([...defect.codes].sort());
    });
  else test(`${name} has no false error`, () => expect(errors.map(asLine)).toEqual([]));
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".tac"))
    .sort();
}

/** What the built command says about every file, as a person would ask it. */
async function checkAll(folder: string, names: readonly string[]): Promise<Findings> {
  using desk = openDesk({});
  const files = names.map((name) => path.join(folder, name));
  const { stdout, stderr } = await desk.studio(["check", "--json", ...files]);
  if (!stdout.startsWith("{")) throw new Error(`The check did not finish: ${stderr || stdout}`);
  const { diagnostics } = checkReport.parse(JSON.parse(stdout));
  return Map.groupBy(diagnostics, ({ file }) => path.relative(folder, file));
}

function asLine({ range, code, message }: Finding): string {
  return `${range.start.line + 1}: ${code}: ${message}`;
}

/** Warnings are allowed, but a rule that warns about every second file wants a look. */
function summaryOfWarnings(findings: Findings): string {
  const all = [...findings.values()].flat().filter(({ severity }) => severity !== "error");
  const lines = [...Map.groupBy(all, ({ severity, code }) => `${severity} ${code}`)]
    .sort(([, left], [, right]) => right.length - left.length)
    .map(
      ([kind, found]) => `  ${kind}: ${found.length} in ${new Set(found.map(({ file }) => file)).size} files`,
    );
  return [`${all.length} findings that are no errors`, ...lines].join("\n");
}
