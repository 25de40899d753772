import { renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import Mocha from "mocha";
import type { HostReport } from "./report.ts";

/**
 * Runs the suites inside the extension host. The report is rewritten after each test, so that a host that dies in
 * the middle is noticed: only `finished` counts.
 */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: "bdd", color: false, timeout: 60_000 });
  mocha.addFile(path.join(__dirname, `${process.env["TACTUS_HOST_SUITE"]}.cjs`));
  const report: HostReport = { finished: false, passed: [], failed: [] };
  const failures = await new Promise<number>((resolve) => {
    mocha
      .run(resolve)
      .on("pass", (test) => {
        report.passed.push(test.fullTitle());
        write(report);
      })
      .on("fail", (test, error: Error) => {
        report.failed.push({ title: test.fullTitle(), error: String(error.stack ?? error) });
        write(report);
      });
  });
  write({ ...report, finished: true });
  if (failures > 0) throw new Error(`${failures} tests failed`);
}

function write(report: HostReport): void {
  const file = process.env["TACTUS_HOST_REPORT"];
  if (!file) return;
  writeFileSync(`${file}.new`, JSON.stringify(report));
  renameSync(`${file}.new`, file);
}
