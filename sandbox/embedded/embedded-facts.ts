import { fail, ok, type Result } from "#common/result.ts";
import { nodeMajor, nodeMissing, oldestNodeMajor } from "../find-node.ts";
import type { ControlFact, IsolationFacts, IsolationUnavailable } from "../isolation.ts";
import { limitProgram } from "./resource-limits.ts";

/** What the embedded isolation gives with this Node on this machine. */
export async function embeddedFacts(node: string): Promise<Result<IsolationFacts, IsolationUnavailable>> {
  const major = await nodeMajor(node);
  if (major < oldestNodeMajor)
    return fail(nodeMissing(`${node} is not Node.js ${oldestNodeMajor} or newer.`));
  return ok({
    description: `Child process of Node.js ${major} (${node}) under its permission model: weaker than a container`,
    controls: [...byPermissionModel, ...bySystem(), ...notGiven],
  });
}

const byPermissionModel: readonly ControlFact[] = [
  on("file system", "Reads its own bundle only, writes nothing; File.* goes over the wire."),
  on("network", "No connections, no listening, no name look-up."),
  on("child processes", "None, and no native code: no addons, no WASI, no FFI, no SQLite."),
  on("code generation", "No eval and no new functions from text; WebAssembly is allowed, Lua needs it."),
  on("environment", "Empty but for what trusted config sets."),
  on("orphans", "Ends when its standard input ends, which it does when this program dies."),
];

function bySystem(): ControlFact[] {
  const limits = limitProgram() !== undefined;
  return [
    {
      control: "resource limits",
      status: limits ? "on" : "unavailable",
      meaning: limits
        ? "Open files, file sizes (none), core dumps and processor time limited by the kernel."
        : "Needs prlimit of util-linux: only time is limited, by this program.",
    },
    {
      control: "memory",
      status: process.platform === "linux" ? "on" : "unavailable",
      meaning:
        "Watched ten times a second and ended beyond the limit; the JavaScript heap has a limit of its own.",
    },
  ];
}

const notGiven: readonly ControlFact[] = [
  off("second wall", "A hole in Node or V8 is a way out: no namespaces, no system call filter."),
  off("signals", "It may signal processes of the same user."),
  off("processors", "Its share of the processors is not limited."),
];

function on(control: string, meaning: string): ControlFact {
  return { control, status: "on", meaning };
}

function off(control: string, meaning: string): ControlFact {
  return { control, status: "off", meaning };
}
