import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Plan, preparePlan } from "#runs/session/plan.ts";
import type { RunRequest, StartProblem } from "#runs/session/session.ts";
import { recordedTree } from "#sandbox/workspace/testing/recorded-tree.ts";

let root: string;
let repository: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "tactus-trial-"));
  repository = path.join(root, "repository");
  mkdirSync(repository);
  vi.stubEnv("HOME", path.join(root, "home"));
  vi.stubEnv("XDG_CONFIG_HOME", path.join(root, "config"));
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true });
});

function layOut(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  }
}

const source = "Procedure { function() end }";

function requestOf(files: Readonly<Record<string, string>>, change: Partial<RunRequest> = {}): RunRequest {
  return {
    file: path.join(repository, "flows/a.tac"),
    workspaceRoot: repository,
    input: {},
    textInput: {},
    mock: true,
    grantAll: false,
    trial: { files: recordedTree(files) },
    ...change,
  };
}

async function planned(files: Readonly<Record<string, string>>, change?: Partial<RunRequest>): Promise<Plan> {
  const plan = await preparePlan(requestOf(files, change));
  if (!plan.ok) throw new Error(plan.error.message);
  return plan.value;
}

async function problemOf(files: Readonly<Record<string, string>>): Promise<StartProblem | undefined> {
  const plan = await preparePlan(requestOf(files));
  return plan.ok ? undefined : plan.error;
}

test("everything of the plan is read where it was recorded, nothing from the folder", async () => {
  layOut({
    "repository/flows/a.tac": "error('of the folder')",
    "repository/flows/lib.tac": "error('of the folder')",
    "repository/flows/other.tac": "error('of the folder')",
    "repository/.tactus/config.yml": "sandbox: { timeout: 1 }",
    "repository/flows/a.tac.yml": "sandbox: { timeout: 2 }",
  });
  const main = `require("lib") Procedure { function() Procedure.run("b") end }`;
  const {
    source: text,
    modules,
    programs,
    limits,
    workspace,
    isolation,
  } = await planned({
    "flows/a.tac": main,
    "flows/lib.tac": "return 1",
    "flows/b.tac": source,
    "flows/a.tac.yml": "sandbox: { timeout: 30 }",
  });
  expect(text).toBe(main);
  expect(modules).toEqual({ lib: { file: "flows/lib.tac", source: "return 1" } });
  expect(programs).toMatchObject([{ file: "flows/b.tac", source }]);
  expect({ time: limits.timeSeconds, workspace, isolation }).toEqual({
    time: 30,
    workspace: "copy",
    isolation: "docker",
  });
  expect(existsSync(path.join(repository, "flows/b.tac"))).toBe(false);
});

test.for<[string, Partial<RunRequest>]>([
  ["asked for by nobody", {}],
  ["asked for with --yes", { grantAll: true }],
  ["asked for in a trusted folder", { grantAll: true, folderTrust: "trusted", workspace: "mount" }],
])("what the change asks for is listed and not given: %s", async ([, change]) => {
  layOut({ "repository/data/x.txt": "" });
  const { policy, workspace, config, ungranted, asked } = await planned(
    {
      "flows/a.tac": source,
      "flows/a.tac.yml": [
        "sandbox: { mount_current_dir: true, network: bridge, volumes: ['./data:/data'], env: { A: b } }",
        "tool_paths: ['./tools']",
        "mcp_servers: { files: { command: node, args: [x.js] } }",
      ].join("\n"),
    },
    change,
  );
  expect(policy).toMatchObject({ network: "none", mounts: [], environment: {}, childProcesses: false });
  expect({ workspace, servers: config.mcpServers, plugins: config.toolPaths, asked }).toEqual({
    workspace: "copy",
    servers: {},
    plugins: [],
    asked: [],
  });
  expect(ungranted.map(({ capability }) => capability).toSorted()).toEqual([
    "env",
    "mount",
    "mount",
    "network",
    "tool.mcp",
    "tool.plugin",
  ]);
});

const own = `
sandbox: { enabled: false, network: bridge, volumes: ["~/data:/data"], env: { PLACE: here }, image: "own:1", limits: { memory: 1g } }
providers: { lab: { kind: openai, base_url: "https://lab.example/v1", prices: { m: { input: 1, output: 1 } } } }
openai_api_key: sk-CANARY
default_model: gpt-4o
host_tools: { allow: [deploy], tools: { deploy: { command: ["/bin/true"] } } }
mcp_servers: { files: { command: node, args: [x.js] } }
limits: { cost: 2 }
`;

test("of the person's own config a mocked trial gets limits and no way out", async () => {
  layOut({ "home/.tactus/config.yml": own, "home/data/x.txt": "" });
  const { policy, isolation, config } = await planned({ "flows/a.tac": source });
  expect(isolation).toBe("docker");
  expect(policy).toMatchObject({
    network: "none",
    mounts: [],
    environment: {},
    image: undefined,
    memoryBytes: 1024 ** 3,
  });
  expect(config).toMatchObject({
    hostTools: { allow: [], tools: {} },
    mcpServers: {},
    providers: {},
    secrets: {},
    toolPaths: [],
    defaultModel: "gpt-4o",
  });
});

test.for([
  [1, 1],
  [9, 2],
] as const)("a trial that may spend %d asks the person's models, up to %d", async ([spend, most]) => {
  layOut({ "home/.tactus/config.yml": own });
  const trial = { files: recordedTree({ "flows/a.tac": source }), spend };
  const { config, spending } = await planned({}, { mock: false, trial });
  expect(Object.keys(config.providers)).toEqual(["lab"]);
  expect(spending).toMatchObject({ cost: most, onlyPriced: true });
  expect(config.hostTools.allow).toEqual([]);
});

test.for<[string, Readonly<Record<string, string>>, Partial<StartProblem>]>([
  ["no such file", { "other.tac": source }, { code: "file-not-found", exitCode: 2 }],
  ["a link", { "flows/a.tac": "→/etc/passwd" }, { code: "file-unreadable", exitCode: 2 }],
  ["too large", { "flows/a.tac": "-".repeat(1024 * 1024 + 1) }, { code: "file-unreadable" }],
  [
    "a sidecar that is a link",
    { "flows/a.tac": source, "flows/a.tac.yml": "→x" },
    { code: "file-unreadable" },
  ],
  [
    "a sidecar with an unknown key",
    { "flows/a.tac": source, "flows/a.tac.yml": "sandbox:\n  frob: 1\n" },
    { code: "config-unknown-key", file: "flows/a.tac.yml", line: 2 },
  ],
])("not started: %s", async ([, files, expected]) => {
  expect(await problemOf(files)).toMatchObject(expected);
});
