import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { connectPlace, dataPlace, reportMark } from "#protocol/page/page-data.ts";
import { writeReport } from "./write-report.ts";

let folder: string;
let template: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "tactus-report-"));
  template = path.join(folder, "template.html");
  writeFileSync(template, `${reportMark}${connectPlace}${dataPlace}`);
});

afterEach(() => rmSync(folder, { recursive: true }));

test("it makes the folder, and writes over a report of its own", async () => {
  const place = { template, file: path.join(folder, "a/b/index.html") };
  expect(await writeReport({ kind: "live" }, place)).toMatchObject({ ok: true });
  expect(await writeReport({ kind: "live" }, place)).toMatchObject({ ok: true });
  expect(statSync(place.file).isFile()).toBe(true);
});

test("it leaves a page of somebody else alone", async () => {
  writeFileSync(path.join(folder, "index.html"), "<p>mine</p>");
  const written = await writeReport({ kind: "live" }, { template, file: path.join(folder, "index.html") });
  expect(written).toMatchObject({ ok: false, error: expect.stringMatching(/no report/) });
  expect(readFileSync(path.join(folder, "index.html"), "utf8")).toBe("<p>mine</p>");
});

test("a folder that can't be made is told", async () => {
  const written = await writeReport(
    { kind: "live" },
    { template, file: path.join(template, "x/index.html") },
  );
  expect(written).toMatchObject({ ok: false, error: expect.stringMatching(/can't be written/) });
});
