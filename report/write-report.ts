import { mkdir, open, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { errorText } from "#common/error-text.ts";
import { fail, ok, type Result } from "#common/result.ts";
import { type PageData, reportMark } from "#protocol/page/page-data.ts";
import { reportHtml } from "./report-html.ts";

export interface ReportPlace {
  /** The page that the build made. */
  readonly template: string;
  /** Its folder is made when there is none. */
  readonly file: string;
}

/** Writes the page, or says why it can't. A file that is no report of ours is left alone. */
export async function writeReport(
  data: PageData,
  { template, file }: ReportPlace,
): Promise<Result<void, string>> {
  try {
    await mkdir(path.dirname(file), { recursive: true });
    if (!(await mayBeWritten(file)))
      return fail(`${file} is there already, and is no report: choose another place.`);
    await writeFile(file, reportHtml(await readFile(template, "utf8"), data));
    return ok(undefined);
  } catch (error) {
    return fail(`The report can't be written to ${file}: ${errorText(error)}.`);
  }
}

/** How much of a file is looked at for the mark of a report. */
const beginning = 1024;

async function mayBeWritten(file: string): Promise<boolean> {
  const handle = await open(file).catch(() => undefined);
  if (!handle) return true;
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(beginning), 0, beginning, 0);
    return buffer.toString("utf8", 0, bytesRead).includes(reportMark);
  } finally {
    await handle.close();
  }
}
