import { expect, test } from "vitest";
import type { RunStatusService } from "../services.ts";
import { awaitRuns } from "./await-runs.ts";

const service: RunStatusService = {
  status: async (run) =>
    run === "gone"
      ? undefined
      : { status: run === "busy" ? "running" : "completed", terminal: run !== "busy" },
};
const done = { id: "done", status: "completed", terminal: true };
const busy = { id: "busy", status: "running", terminal: false };

test.for<[readonly string[], "all" | "any", object]>([
  [["done"], "all", { ok: true, value: { children: [done] } }],
  [["done", "busy"], "any", { ok: true, value: { children: [done, busy] } }],
  [
    ["done", "busy"],
    "all",
    { ok: false, error: { code: "waiting", message: "Waits for other runs: busy (running)." } },
  ],
  [["busy"], "any", { ok: false, error: { code: "waiting" } }],
  [["gone"], "all", { ok: false, error: { code: "run-missing" } }],
])("%j, %s", async ([runs, mode, expected]) => {
  expect(await awaitRuns(service, { runs: [...runs], mode })).toMatchObject(expected);
});

test("without a service nobody can be waited for", async () => {
  expect(await awaitRuns(undefined, { runs: ["done"], mode: "all" })).toMatchObject({
    ok: false,
    error: { code: "host-failed" },
  });
});
