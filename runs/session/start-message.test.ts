import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { preparePlan } from "#runs/session/plan.ts";
import { startedEvent, startMessage } from "#runs/session/start-message.ts";

let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "tactus-start-"));
});

afterEach(() => rmSync(root, { recursive: true }));

test("a sidecar gives values to inputs that the run does not give", async () => {
  const file = path.join(root, "a.tac");
  writeFileSync(file, "Procedure { function() end }");
  writeFileSync(`${file}.yml`, "inputs:\n  topic: sidecar\n  limit: 3\n  tone: dry\n");
  const request = { file, workspaceRoot: root, mock: false, grantAll: false };
  const plan = await preparePlan({ ...request, input: { topic: "given" }, textInput: { limit: "5" } });
  if (!plan.ok) throw new Error(plan.error.message);
  const origin = { seed: 1, time: 2 };
  const { input, textInput } = startMessage(plan.value, "r", { origin });
  expect(input).toEqual({ topic: "given", tone: "dry" });
  expect(textInput).toEqual({ limit: "5" });
  expect(startedEvent(plan.value, "r", { origin, resumed: false })).toMatchObject({
    input: { topic: "given", limit: "5", tone: "dry" },
  });
});
