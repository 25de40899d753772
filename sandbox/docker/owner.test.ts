import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { isAbandoned, labelsOfRun, ownerLabels } from "./owner.ts";

const own = labelsOfRun("run", 60);
const deadProcess = String(spawnSync(process.execPath, ["-e", "0"]).pid);

test.for<[string, Record<string, string>, boolean]>([
  ["a living owner keeps its container", {}, false],
  ["a dead owner does not", { [ownerLabels.process]: deadProcess }, true],
  [
    "a process that got the number of a dead owner is not the owner",
    { [ownerLabels.started]: "boot-1" },
    true,
  ],
  [
    "an owner on another machine is not judged by its number",
    { [ownerLabels.host]: "other", [ownerLabels.process]: deadProcess },
    false,
  ],
  [
    "a passed deadline counts for a container of another machine",
    { [ownerLabels.host]: "other", [ownerLabels.deadline]: "1" },
    true,
  ],
  ["a living owner keeps its container when the clock jumps", { [ownerLabels.deadline]: "1" }, false],
  ["a living owner loses an overdue container", { [ownerLabels.uptimeDeadline]: "0" }, true],
])("%s", ([, change, expected]) => {
  expect(isAbandoned({ ...own, ...change })).toBe(expected);
});

test("labels name neither the machine nor the user", () => {
  expect(Object.values(own).join(" ")).not.toMatch(/[A-Za-z]{3}[\w-]*\.|root|home/);
});
