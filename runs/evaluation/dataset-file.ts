import path from "node:path";
import * as z from "zod";
import { errorText } from "#common/error-text.ts";
import { type Json, parseJsonSafely } from "#common/json.ts";
import { fail, ok, type Result } from "#common/result.ts";
import { type DatasetRow, datasetRow } from "#runs/evaluation/evaluation-settings.ts";
import type { Plan } from "#runs/session/plan.ts";
import { openWorkspace } from "#sandbox/workspace/open-workspace.ts";

/** More rows than this are a mistake. */
const mostRows = 10_000;

/** Reads the rows of a data set beside the procedure, under the same path policy as the run. */
export async function readDatasetFile(
  plan: Pick<Plan, "file" | "request">,
  name: string,
): Promise<Result<readonly DatasetRow[], string>> {
  const root = plan.request.workspaceRoot;
  const workspace = openWorkspace({
    mode: "copy",
    root,
    procedureFile: plan.file,
    changesFolder: path.join(root, ".tactus"),
  });
  const file = path.posix.join(path.posix.dirname(plan.file), name);
  const read = await workspace.read({ path: file });
  if (!read.ok) return fail(`dataset_file: ${read.error.message}`);
  const rows = await parseRows(name, read.value.text);
  return rows.ok ? checkedRows(name, rows.value) : fail(`${name}: ${rows.error}`);
}

async function parseRows(name: string, text: string): Promise<Result<readonly Json[], string>> {
  try {
    switch (path.extname(name).toLowerCase()) {
      case ".jsonl":
        return ok(jsonLines(text));
      case ".json": {
        const rows = parseJsonSafely(text);
        return Array.isArray(rows) ? ok(rows) : fail("it must be a list of cases.");
      }
      case ".csv":
        return ok(await csvRows(text));
      default:
        return fail("a data set is a .jsonl, .json or .csv file.");
    }
  } catch (error) {
    return fail(errorText(error));
  }
}

function jsonLines(text: string): Json[] {
  return text.split("\n").flatMap((line, index) => {
    if (line.trim() === "") return [];
    try {
      return [parseJsonSafely(line)];
    } catch (error) {
      throw new Error(`line ${index + 1}: ${errorText(error)}`);
    }
  });
}

/** Columns `name`, `inputs`, `expected_output`, `metadata`; all but the first hold JSON. */
async function csvRows(text: string): Promise<Json[]> {
  const { parse } = await import("csv-parse/sync");
  const records: Record<string, string>[] = parse(text, { columns: true, skip_empty_lines: true, bom: true });
  return records.map(({ name = "", ...columns }, index) => {
    try {
      const given = Object.entries(columns).filter(([, value]) => value.trim() !== "");
      return {
        name,
        ...Object.fromEntries(given.map(([column, value]) => [column, parseJsonSafely(value)])),
      };
    } catch (error) {
      throw new Error(`row ${index + 1}: ${errorText(error)}`);
    }
  });
}

function checkedRows(name: string, rows: readonly Json[]): Result<readonly DatasetRow[], string> {
  if (rows.length > mostRows) return fail(`${name}: it has more than ${mostRows} cases.`);
  const checked: DatasetRow[] = [];
  for (const [index, row] of rows.entries()) {
    const parsed = datasetRow.safeParse(row);
    if (!parsed.success) {
      return fail(`${name}, case ${index + 1}: ${z.prettifyError(parsed.error).replaceAll("\n", " ")}`);
    }
    checked.push(parsed.data);
  }
  return ok(checked);
}
