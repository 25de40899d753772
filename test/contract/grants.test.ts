import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import type { AskedEntry } from "#runs/trust/asked-entries.ts";
import type { KeptGrants } from "#runs/trust/kept-grants.ts";
import { type Desk, type Outcome, openDesk } from "./studio.ts";

const embedded = ["--isolation", "embedded"];
const source = "Procedure { function() return { answer = 42 } end }";
const sidecar = "limits: { turns: 600 }\nsandbox:\n  timeout: 7200\n  image: evil:latest\n";

async function asked(desk: Desk): Promise<readonly AskedEntry[]> {
  return JSON.parse((await desk.studio(["grants", "show", "a.tac", "--json"])).stdout).asked;
}

async function ungranted(desk: Desk, ...options: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await desk.studio(["run", "a.tac", "--json", ...embedded, ...options]);
  const [started] = stdout.split("\n");
  return JSON.parse(started ?? "").ungranted.map(
    ({ capability, target }: AskedEntry) => `${capability} ${target}`,
  );
}

async function kept(desk: Desk): Promise<readonly KeptGrants[]> {
  return JSON.parse((await desk.studio(["grants", "list", "--json"])).stdout).grants;
}

const text = ({ stdout, stderr }: Outcome): string => stdout + stderr;

test("a run shows what is asked in plain words and how to grant it; the grant counts until the file changes", async () => {
  using desk = openDesk({ "a.tac": source, "a.tac.yml": sidecar });
  const shown = await desk.studio(["run", "a.tac", ...embedded]);
  expect(shown.stdout).toMatch(/not granted [0-9a-f]{10} a\.tac\.yml:3 raises a limit: time 7200s/);
  expect(shown.stdout).toMatch(/never given +a\.tac\.yml:4 runs in another image: evil:latest/);
  const [, command = ""] = /tactus-studio (grants add a\.tac [0-9a-f]{10})/.exec(shown.stdout) ?? [];
  const granted = await desk.studio(command.split(" "));
  expect(granted).toMatchObject({ code: 0, stderr: "" });
  expect(await ungranted(desk)).toEqual(["image evil:latest", "limit turns 600"]);
  expect(await ungranted(desk, "--yes")).toEqual(["image evil:latest"]);
  writeFileSync(path.join(desk.folder, "a.tac.yml"), `${sidecar}# one more line\n`);
  expect(await ungranted(desk)).toEqual(["image evil:latest", "limit time 7200s", "limit turns 600"]);
  const ids = await asked(desk);
  expect((await desk.studio(command.split(" "))).stderr).toContain("it may have changed since it was shown");
  expect(ids.some(({ id }) => command.endsWith(id))).toBe(false);
});

test("grants are listed with their file, and taken back; they lie in the person's data folder alone", async () => {
  using desk = openDesk({ "a.tac": source, "a.tac.yml": sidecar });
  expect(text(await desk.studio(["grants", "list"]))).toBe("Nothing was granted yet.\n");
  await desk.studio(["grants", "add", "a.tac", "--all"]);
  const [grant] = await kept(desk);
  expect(grant).toMatchObject({ file: path.join(desk.folder, "a.tac.yml"), state: "current" });
  expect(grant?.entries.map(({ isGranted }) => isGranted)).toEqual([true, true]);
  const lines = (await desk.studio(["grants", "list"])).stdout;
  expect(lines).toContain("granted  raises a limit: time 7200s");
  expect(readdirSync(desk.folder).toSorted()).toEqual(["a.tac", "a.tac.yml"]);
  expect(readdirSync(path.join(desk.home, ".local/share/tactus-studio/grants"))).toHaveLength(1);
  expect(await desk.studio(["grants", "revoke", grant?.id ?? ""])).toMatchObject({ code: 0 });
  expect(await kept(desk)).toEqual([]);
  expect(await ungranted(desk)).toContain("limit time 7200s");
});

test("the doctor's configuration has what was granted", async () => {
  using desk = openDesk({ "a.tac": source, ".tactus/config.yml": "sandbox: { timeout: 7200 }\n" });
  const timeout = async (): Promise<unknown> => {
    const { config } = JSON.parse((await desk.studio(["sandbox", "doctor", "--json"])).stdout);
    return config.values.find(({ path: keys }: AskedEntry) => keys.join(".") === "sandbox.timeout").value;
  };
  expect(await timeout()).toBe(3600);
  await desk.studio(["grants", "add", "a.tac", "--all"]);
  expect(await timeout()).toBe(7200);
});

test.for<[string[], RegExp]>([
  [["grants", "add", "a.tac"], /No entry that can be granted was named/],
  [["grants", "add", "a.tac", "0000000000"], /it may have changed since it was shown/],
  [["grants", "revoke"], /Which grants\?/],
  [["grants", "revoke", "0000000000"], /There is no grant 0000000000/],
  [["grants", "show", "none.tac"], /does not exist/],
])("%j is refused", async ([args, message]) => {
  using desk = openDesk({ "a.tac": source, "a.tac.yml": sidecar });
  const { code, stderr } = await desk.studio(args);
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(message) });
});

test("what a folder's file says is inert text when it is shown, and its name one argument", async () => {
  const file = "a; touch b'.tac";
  using desk = openDesk({ [file]: source, [`${file}.yml`]: 'tool_paths: ["./\\e[2Jx\\u202e"]\n' });
  const { stdout } = await desk.studio(["grants", "show", file]);
  expect(stdout).toContain("␛[2Jx‹U+202E›");
  expect(stdout).toContain(`grants add 'a; touch b'\\''.tac' `);
});

test("a config above the workspace is not read, and a .env in it is not loaded", async () => {
  using desk = openDesk({ "a.tac": source, ".env": "TACTUS_MARK=x\n" });
  const above = path.join(path.dirname(desk.folder), ".tactus");
  mkdirSync(above);
  writeFileSync(path.join(above, "config.yml"), "no_such_key: 1\n");
  expect(await desk.studio(["run", "a.tac", ...embedded])).toMatchObject({ code: 0 });
  writeFileSync(path.join(desk.folder, "a.tac.yml"), `default_model: "\${TACTUS_MARK}"\n`);
  const { code, stderr } = await desk.studio(["run", "a.tac", ...embedded, "--yes"]);
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining("TACTUS_MARK") });
});
