import { clientOf } from "#test/support/docker-sandbox.ts";
import { type Attack, outcome } from "../../attack.ts";
import { systemCalls } from "../../controls/container-controls.ts";
import { said, takeOver } from "../../world/take-over.ts";

/** Parts of the kernel that no run needs, and where holes were found: what can't be called can't be broken. */
const common = { threat: "T23", control: systemCalls, places: ["docker"] } satisfies Pick<
  Attack,
  "threat" | "control" | "places"
>;

/** A module inside whose call the kernel answers, or does not. */
function answered(id: Attack["id"], title: string, module: string): Attack {
  return {
    ...common,
    id,
    title,
    success: "the kernel does what it was asked for",
    attempt: async (world) => {
      const inside = await takeOver(world);
      const answer = await inside.run(module, { marker: world.marker.text });
      const isDone = answer?.result === world.marker.text;
      return outcome(isDone, isDone ? "the kernel answered" : `inside: ${said(answer)}`);
    },
  };
}

export const attacks: readonly Attack[] = [
  answered(
    "docker-kernel-by-netlink",
    "all of Node asks the kernel for its network devices, over a socket of the family for that",
    `import os from "node:os";
export const attack = ({ marker }) => (os.networkInterfaces(), marker);`,
  ),
  answered(
    "docker-kernel-watches-files",
    "all of Node has the kernel watch files",
    `import fs from "node:fs";
export const attack = ({ marker }) => { fs.watch("/tmp").close(); return marker; };`,
  ),
  {
    ...common,
    id: "docker-kernel-schedules",
    title: "all of Node changes how the kernel schedules it",
    success: "the engine sees it with another priority",
    attempt: async (world) => {
      const inside = await takeOver(world);
      const answer = await inside.run(
        'import os from "node:os"; export const attack = () => os.setPriority(0, 7);',
      );
      const container = clientOf(world.engine).getContainer(inside.process.id);
      const { Processes = [] }: { Processes?: string[][] } = await container.top({ ps_args: "-o pid,ni" });
      const isChanged = Processes.some(([, nice]) => nice?.trim() === "7");
      return outcome(
        isChanged,
        `priorities: ${Processes.map(([, nice]) => nice).join()}; inside: ${said(answer)}`,
      );
    },
  },
];
