import { mkdirSync } from "node:fs";
import path from "node:path";
import { fail, ok } from "#common/result.ts";
import { preparePlan } from "#runs/session/plan.ts";
import type { Isolation } from "#sandbox/isolation.ts";
import { type Attack, outcome } from "../../attack.ts";
import { grantsForOneContent, planMadeAgain } from "../../controls/sidecar-controls.ts";
import { requestOf } from "../../world/plan.ts";

type Starts = typeof import("#runs/session/start-run.ts");

/** An isolation that only notes whether it was asked to launch something. */
function watchedIsolation(): { readonly isolation: Isolation; readonly isLaunched: () => boolean } {
  let launched = false;
  const refusal = { code: "start-failed", message: "It was only watched.", remedy: "" } as const;
  const isolation: Isolation = {
    name: "docker",
    check: async () => ok(undefined),
    describe: async () => {
      throw new Error("nobody asks");
    },
    launch: async () => {
      launched = true;
      return fail(refusal);
    },
  };
  return { isolation, isLaunched: () => launched };
}

export const attacks: readonly Attack[] = [
  {
    id: "config-swapped-after-it-was-shown",
    threat: "T20",
    title: "the procedure, its sidecar or a module changes between the plan that was shown and the start",
    success: "something is launched",
    control: planMadeAgain,
    places: ["host"],
    attempt: async (world) => {
      const { startRun } = await world.part<Starts>("runs/session/start-run.ts");
      const swaps = {
        "attack.tac": "return 2",
        "attack.tac.yml": "sandbox: { timeout: 9 }",
        "lib.tac": "return 2",
      };
      const launched: string[] = [];
      for (const [file, text] of Object.entries(swaps)) {
        world.write({ "attack.tac": 'require("lib")', "attack.tac.yml": "", "lib.tac": "return 1" });
        const { source: _, ...request } = requestOf(world, { isolation: "embedded" });
        const plan = await preparePlan(request);
        if (!plan.ok) throw new Error(plan.error.message);
        world.write({ [file]: text });
        const { isolation, isLaunched } = watchedIsolation();
        const started = await startRun(plan.value, { isolation });
        if (started.ok) await started.value.finished;
        if (isLaunched()) launched.push(file);
      }
      return outcome(launched.length > 0, `launched after a swap of: ${launched.join() || "none"}`);
    },
  },
  {
    id: "config-grant-of-another-folder",
    threat: "T20",
    title: "a folder that is not granted brings the very bytes that were granted in another one",
    success: "what it asks for is given without a question",
    control: grantsForOneContent,
    places: ["host"],
    attempt: async (world) => {
      const asking = { "attack.tac": "return 1", "attack.tac.yml": "sandbox: { timeout: 7200 }\n" };
      world.write(asking);
      await world.studio(["grants", "add", "attack.tac", "--all"]);
      mkdirSync(path.join(world.folder, "other"));
      for (const [file, text] of Object.entries(asking)) world.write({ [`other/${file}`]: text });
      const { stdout } = await world.studio(["grants", "show", "other/attack.tac", "--json"]);
      const isGranted = stdout.includes('"granted"');
      return outcome(isGranted, `the other folder's wish is ${isGranted ? "" : "not "}granted`);
    },
  },
];
