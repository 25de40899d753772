import { execFileSync } from "node:child_process";

/** Runs git in a folder, as nobody in particular and without what its settings would start. */
export function gitIn(folder: string): (...args: readonly string[]) => void {
  const identity = ["-c", "user.name=a", "-c", "user.email=a@example.org"];
  const off = ["-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "commit.gpgsign=false"];
  return (...args) => {
    execFileSync("git", [...identity, ...off, ...args], { cwd: folder, stdio: "ignore" });
  };
}
