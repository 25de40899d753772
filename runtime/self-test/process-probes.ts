import { spawnSync } from "node:child_process";
import type { ProbeOrder, ProbeResult } from "#protocol/self-test.ts";
import { type Attempt, attempt, attempts } from "./attempts.ts";

/** Names that the engine sets beside those of trusted config. */
const expectedVariables: ReadonlySet<string> = new Set(["PATH", "HOME", "HOSTNAME"]);

/** What the runtime's own process is held from: by Node's permission model, and by what is around it. */
export async function processProbes({ canary }: ProbeOrder, bundle: string): Promise<ProbeResult[]> {
  const results: ProbeResult[] = [];
  for (const one of [...attempts(canary, bundle), ...ofNode]) results.push(await attempt(one));
  const strange = Object.keys(process.env).filter((name) => !expectedVariables.has(name));
  return [
    ...results,
    {
      control: "environment",
      tried: "read the variables",
      held: strange.length === 0,
      found: strange.length === 0 ? "nothing of this machine" : strange.join(", "),
    },
  ];
}

const ofNode: readonly Attempt[] = [
  { control: "programs", tried: "start a program", act: startProgram },
  {
    control: "code from text",
    tried: "make a function of a text",
    // biome-ignore lint/security/noGlobalEval: what the sandbox must refuse
    act: () => globalThis.eval("1"),
  },
];

function startProgram(): void {
  const { error } = spawnSync(process.execPath, ["--version"]);
  if (error) throw error;
}
