import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type Plan, preparePlan } from "#runs/session/plan.ts";
import type { RunRequest } from "#runs/session/session.ts";
import type { AskedEntry } from "#runs/trust/asked-entries.ts";
import { changesSinceDecided, keepDecision } from "#runs/trust/decide.ts";
import { grantsFolder } from "#runs/trust/grant-store.ts";
import { listGrants, revokeGrants } from "#runs/trust/kept-grants.ts";

const source = "Procedure { function() end }";
let root: string;
let folder: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "tactus-grants-"));
  folder = path.join(root, "workspace");
  for (const name of ["workspace", "data", "home", "shared", "other"]) mkdirSync(path.join(root, name));
  vi.stubEnv("XDG_DATA_HOME", path.join(root, "data"));
  vi.stubEnv("HOME", path.join(root, "home"));
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true });
});

function layOut(files: Readonly<Record<string, string>>, place = folder): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(place, name)), { recursive: true });
    writeFileSync(path.join(place, name), text);
  }
}

async function planned(change: Partial<RunRequest> = {}, place = folder): Promise<Plan> {
  const base = { input: {}, textInput: {}, mock: false, grantAll: false };
  const plan = await preparePlan({
    ...base,
    file: path.join(place, "a.tac"),
    workspaceRoot: place,
    ...change,
  });
  if (!plan.ok) throw new Error(plan.error.message);
  return plan.value;
}

const states = ({ asked }: Plan): string[] => asked.map(({ words, state }) => `${state}: ${words}`);

async function grant(isMeant: (entry: AskedEntry) => boolean = () => true): Promise<void> {
  const { asked } = await planned();
  const granted = asked.filter((entry) => entry.state !== "never" && isMeant(entry)).map(({ id }) => id);
  expect(await keepDecision(asked, new Set(granted))).toMatchObject({ ok: true });
}

const sidecar = (extra = ""): string =>
  `sandbox:\n  network: bridge\n  env: { STAGE: x }\n  volumes: ["${path.join(root, "shared")}:/shared:rw"]\n${extra}`;

describe("what a folder asks for", () => {
  test("is said in plain words, entry by entry, with its place; what nobody gives is said too", async () => {
    layOut({
      "a.tac": source,
      "a.tac.yml": `${sidecar()}  image: evil:latest
  timeout: 7200
mcp_servers:
  files: { command: npx, args: [-y, "two words"], env: { MODE: x } }
host_tools: { allow: [git.status] }
`,
      ".tactus/config.yml": 'tool_paths: [./tools, "../other"]\nsandbox: { volumes: ["/etc:/etc:ro"] }\n',
      "tools/area.py": "def area(): pass\n",
    });
    const plan = await planned();
    expect(states(plan)).toEqual([
      "never: mounts /etc, read-only, at /etc",
      "asked: starts the Python files of ./tools inside the sandbox",
      "never: starts the Python files of ../other inside the sandbox",
      "asked: connects the sandbox to the network bridge",
      "never: runs in another image: evil:latest",
      "asked: sets the variable STAGE to x inside the sandbox",
      `asked: mounts ${path.join(root, "shared")}, writable, at /shared`,
      "asked: raises a limit: time 7200s",
      'asked: starts the program npx -y "two words" inside the sandbox as the MCP server files, with the variables MODE',
      "asked: calls your tool git.status, which acts outside the sandbox",
    ]);
    expect(plan.asked[3]).toMatchObject({ file: "a.tac.yml", line: 2, value: "bridge", isDecided: false });
  });

  test("a value of a variable is not shown before it is granted, and a secret never", async () => {
    vi.stubEnv("TACTUS_TEST_STAGE", "canary-value");
    layOut({
      "a.tac": source,
      "a.tac.yml": `default_model: "\${TACTUS_TEST_STAGE}"\nopenai_api_key: canary-value\n`,
    });
    const { asked, ungranted, config } = await planned();
    expect(asked.map(({ state }) => state)).toEqual(["asked", "asked"]);
    expect(JSON.stringify([asked, ungranted, config])).not.toContain("canary-value");
  });
});

describe("a grant", () => {
  beforeEach(() => layOut({ "a.tac": source, "a.tac.yml": sidecar() }));

  test("counts for the entries that were granted, and no others", async () => {
    await grant(({ capability }) => capability === "mount");
    const { policy, asked, ungranted } = await planned();
    expect(policy).toMatchObject({ network: "none", environment: {}, mounts: [{ writable: true }] });
    expect(asked.map(({ state, isDecided }) => [state, isDecided])).toEqual([
      ["asked", true],
      ["asked", true],
      ["granted", true],
    ]);
    expect(ungranted.map(({ capability }) => capability)).toEqual(["network", "env"]);
  });

  test("is another plan", async () => {
    const { manifest } = await planned();
    await grant();
    expect((await planned()).manifest).not.toBe(manifest);
  });

  test.for<[string, () => void]>([
    ["its file changed by a byte", () => layOut({ "a.tac.yml": `${sidecar()} ` })],
    ["it asks for more", () => layOut({ "a.tac.yml": sidecar("  timeout: 7200\n") })],
  ])("counts no more when %s", async ([, change]) => {
    await grant();
    change();
    expect((await planned()).policy).toMatchObject({ network: "none", environment: {}, mounts: [] });
  });

  test("counts again when its file is as it was", async () => {
    await grant();
    layOut({ "a.tac.yml": sidecar("  timeout: 60\n") });
    layOut({ "a.tac.yml": sidecar() });
    expect((await planned()).policy.network).toBe("bridge");
  });

  test("does not count for the same bytes at another place, nor through a link", async () => {
    await grant();
    const other = path.join(root, "other");
    layOut({ "a.tac": source, "a.tac.yml": sidecar() }, other);
    expect((await planned({}, other)).policy.network).toBe("none");
    rmSync(path.join(other, "a.tac.yml"));
    symlinkSync(path.join(folder, "a.tac.yml"), path.join(other, "a.tac.yml"));
    await expect(planned({}, other)).rejects.toThrow(/is a link/);
  });

  test("does not count in a restricted folder", async () => {
    await grant();
    expect((await planned({ folderTrust: "restricted" })).policy.network).toBe("none");
  });

  test("is for the code of plugins too", async () => {
    layOut({ "a.tac.yml": "tool_paths: [./tools]\n", "tools/area.py": "def area(): pass\n" });
    await grant();
    expect((await planned()).plugins).toHaveLength(1);
    layOut({ "tools/area.py": "def area(): evil()\n" });
    const { plugins, ungranted } = await planned();
    expect(plugins).toEqual([]);
    expect(ungranted).toMatchObject([{ capability: "tool.plugin", target: "./tools" }]);
  });

  test("to write into the workspace is for this workspace, not for a larger one around it", async () => {
    layOut({ "a.tac.yml": "sandbox: { mount_current_dir: true }\n" });
    await grant();
    expect((await planned()).workspace).toBe("mount");
    expect((await planned({ workspaceRoot: root })).workspace).toBe("copy");
  });
});

describe("the person's ceilings", () => {
  const person = (ceilings: string): void =>
    layOut({ ".tactus/config.yml": `ceilings: ${ceilings}\n` }, path.join(root, "home"));

  test("bound what a grant gives, --yes too", async () => {
    layOut({ "a.tac": source, "a.tac.yml": sidecar("  timeout: 7200\n  limits: { memory: 3g }\n") });
    person("{ timeout: 4000, memory: 4g, never: [network, mount] }");
    await grant();
    for (const request of [{}, { grantAll: true }]) {
      const { policy, ungranted } = await planned(request);
      expect(policy).toMatchObject({
        network: "none",
        mounts: [],
        timeSeconds: 3600,
        memoryBytes: 3 * 1024 ** 3,
      });
      expect(ungranted.map(({ capability }) => capability)).toEqual(["network", "mount", "limit"]);
    }
    expect(states(await planned())).toContain("never: connects the sandbox to the network bridge");
  });

  test("can't be set by a folder", async () => {
    layOut({ "a.tac": source, "a.tac.yml": `ceilings: { timeout: 80000 }\n${sidecar("  timeout: 7200\n")}` });
    person("{ timeout: 4000 }");
    const { policy, ungranted } = await planned({ grantAll: true });
    expect(policy.timeSeconds).toBe(3600);
    expect(ungranted).toContainEqual(
      expect.objectContaining({ capability: "ceiling", target: "timeout 80000" }),
    );
  });
});

describe("where grants are kept", () => {
  beforeEach(() => layOut({ "a.tac": source, "a.tac.yml": sidecar() }));

  test("lies outside the workspace and is the person's alone", async () => {
    await grant();
    expect(grantsFolder()).toBe(path.join(root, "data", "tactus-studio", "grants"));
    expect(statSync(grantsFolder()).mode & 0o777).toBe(0o700);
    const files = readdirSync(grantsFolder());
    expect(files).toHaveLength(1);
    for (const file of files) expect(statSync(path.join(grantsFolder(), file)).mode & 0o777).toBe(0o600);
  });

  test.skipIf(process.platform === "win32")(
    "a file that others can write, or that is broken, stops the start",
    async () => {
      await grant();
      const file = path.join(grantsFolder(), readdirSync(grantsFolder())[0] ?? "");
      chmodSync(file, 0o666);
      await expect(planned()).rejects.toThrow(/can be written by others/);
      chmodSync(file, 0o600);
      writeFileSync(file, "{");
      await expect(planned()).rejects.toThrow(/can't be read as a grant/);
    },
  );

  test("they are listed with what became of their file, and taken back one by one or as a whole", async () => {
    await grant();
    const [kept] = await listGrants();
    expect(kept).toMatchObject({ file: path.join(folder, "a.tac.yml"), state: "current" });
    const network = kept?.entries.find(({ words }) => words.includes("network"))?.id ?? "";
    expect(await revokeGrants(new Set([network]))).toEqual({ ok: true, value: [] });
    expect((await planned()).policy).toMatchObject({ network: "none", environment: { STAGE: "x" } });
    layOut({ "a.tac.yml": "sandbox: { timeout: 60 }\n" });
    expect((await listGrants())[0]?.state).toBe("changed");
    rmSync(path.join(folder, "a.tac.yml"));
    expect((await listGrants())[0]?.state).toBe("gone");
    expect(await revokeGrants(new Set([kept?.id ?? "", "0000000000"]))).toEqual({
      ok: true,
      value: ["0000000000"],
    });
    expect(await listGrants()).toEqual([]);
  });
});

test("what changed since the last decision is told, entry by entry", async () => {
  layOut({ "a.tac": source, "a.tac.yml": sidecar() });
  await grant();
  layOut({
    "a.tac.yml": `sandbox:\n  network: other\n  timeout: 7200\n  volumes: ["${path.join(root, "shared")}:/shared:rw"]\n`,
  });
  const { asked } = await planned();
  const { changes, gone } = await changesSinceDecided(asked);
  expect(asked.map(({ id, capability }) => [capability, changes.get(id)])).toEqual([
    ["network", { kind: "changed", before: "connects the sandbox to the network bridge" }],
    ["mount", { kind: "same", wasGranted: true }],
    ["limit", { kind: "new" }],
  ]);
  expect(gone).toEqual(["sets the variable STAGE to x inside the sandbox"]);
});
