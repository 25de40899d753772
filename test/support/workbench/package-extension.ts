import { execFileSync } from "node:child_process";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../../..");

/** Packs the extension as people install it; returns the file. Suites that may run at once need names of their own. */
export function packageExtension(name: string): string {
  const vsix = path.join(root, `.cache/tactus-studio-${name}.vsix`);
  execFileSync("vsce", ["package", "--no-dependencies", "-o", vsix], { cwd: root, stdio: "pipe" });
  return vsix;
}
