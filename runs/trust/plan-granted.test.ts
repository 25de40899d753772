import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Plan } from "#runs/session/plan.ts";
import type { RunRequest } from "#runs/session/session.ts";
import { type AskGrants, planAnew, planGranted } from "#runs/trust/plan-granted.ts";

let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "tactus-asking-"));
  vi.stubEnv("XDG_DATA_HOME", path.join(root, "data"));
  mkdirSync(path.join(root, "work"));
  write("a.tac", "Procedure { function() end }");
  write("a.tac.yml", "sandbox: { network: bridge, env: { STAGE: x } }\n");
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true });
});

function write(name: string, text: string): void {
  writeFileSync(path.join(root, "work", name), text);
}

function request(change: Partial<RunRequest> = {}): RunRequest {
  const workspaceRoot = path.join(root, "work");
  const base = { input: {}, textInput: {}, mock: false, grantAll: false, workspaceRoot };
  return { ...base, file: path.join(workspaceRoot, "a.tac"), ...change };
}

/** A person who grants entries of a capability, and how often they were asked. */
function person(capability: string | undefined): { readonly ask: AskGrants; asked: number } {
  const answering = {
    asked: 0,
    ask: async ({ asked }: Plan) => {
      answering.asked += 1;
      if (capability === undefined) return undefined;
      return new Set(asked.filter((entry) => entry.capability === capability).map(({ id }) => id));
    },
  };
  return answering;
}

const networkOf = (plan: Awaited<ReturnType<typeof planGranted>>): unknown =>
  plan.ok ? plan.value?.policy.network : plan.error.code;

test("the person is asked once for a content, and what they leave out is left out for good", async () => {
  const some = person("env");
  const first = await planGranted(request(), some.ask);
  expect(first.ok && first.value?.policy).toMatchObject({ network: "none", environment: { STAGE: "x" } });
  await planGranted(request(), some.ask);
  expect(some.asked).toBe(1);
  write("a.tac.yml", "sandbox: { network: bridge, env: { STAGE: y } }\n");
  await planGranted(request(), some.ask);
  expect(some.asked).toBe(2);
});

test("closing the question starts nothing and decides nothing", async () => {
  const nobody = person(undefined);
  expect(await planGranted(request(), nobody.ask)).toEqual({ ok: true, value: undefined });
  await planGranted(request(), nobody.ask);
  expect(nobody.asked).toBe(2);
});

test.for<Partial<RunRequest>>([{ folderTrust: "restricted" }, { grantAll: true }])(
  "nobody is asked with %j",
  async (change) => {
    const anybody = person("network");
    await planGranted(request(change), anybody.ask);
    expect(anybody.asked).toBe(0);
  },
);

test.for<[string, string, string]>([
  ["the procedure", "a.tac", "Procedure { function() return 2 end }"],
  ["the sidecar", "a.tac.yml", "sandbox: { network: bridge, env: { STAGE: evil } }\n"],
  ["a module that was missing", "lib.tac", "return 1"],
])("%s that changes while the person reads is another plan", async ([, name, text]) => {
  write("a.tac", 'local found, lib = pcall(require, "lib")\nrequire("lib")\nProcedure { function() end }');
  const swapping: AskGrants = async ({ asked }) => {
    write(name, text);
    return new Set(asked.map(({ id }) => id));
  };
  expect(networkOf(await planGranted(request(), swapping))).toBe("plan-changed");
});

test("a decision can be made again", async () => {
  const before = await planGranted(request(), person("env").ask);
  if (!before.ok || !before.value) throw new Error("no plan");
  expect(networkOf(await planAnew(before.value, person("network").ask))).toBe("bridge");
});
