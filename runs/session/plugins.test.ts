import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { preparePlan } from "#runs/session/plan.ts";
import { readPlugins } from "#runs/session/plugins.ts";
import { startMessage } from "#runs/session/start-message.ts";

let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "tactus-plugins-"));
  layOut({
    "outside.py": "def outside(): ...",
    "work/tools/one.py": "def one(): ...",
    "work/tools/two.py": "def two(): ...",
    "work/tools/_helper.py": "x = 1",
    "work/tools/__init__.py": "",
    "work/tools/notes.txt": "",
    "work/tools/deep/three.py": "def three(): ...",
    "work/more/one.py": "def other(): ...",
    "work/more/my-tool.py": "",
    "work/large/big.py": "#".repeat(300 * 1024),
    "work/many/a.py": "#".repeat(250 * 1024),
    "work/many/b.py": "#".repeat(250 * 1024),
    "work/many/c.py": "#".repeat(250 * 1024),
    "work/many/d.py": "#".repeat(250 * 1024),
    "work/many/e.py": "#".repeat(250 * 1024),
  });
  symlinkSync(path.join(root, "outside.py"), path.join(root, "work/link.py"));
});
afterEach(() => rmSync(root, { recursive: true }));

function layOut(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  }
}

/** Files with the names of their modules; what gives no tools in brackets. Or what is refused, or the problem. */
async function reading(
  paths: readonly string[],
  change: { readonly trusted?: boolean; readonly file?: string } = {},
): Promise<unknown> {
  const { trusted = true, file = ".tactus/config.yml" } = change;
  const demands = paths.map((text, index) => ({ text, file, line: index + 3, trusted }));
  const read = await readPlugins(demands, path.join(root, "work"));
  if (!read.ok) {
    const { code, message, line } = read.error;
    return `${code} line ${line}: ${message}`;
  }
  const { sources, refused } = read.value;
  if (refused.length > 0) return refused.map(({ target }) => `refused ${target}`);
  return sources.map(
    ({ file: name, module, givesTools }) => `${name} ${givesTools ? module : `(${module})`}`,
  );
}

test.for<[readonly string[], readonly string[]]>([
  [["./tools"], ["tools/_helper.py (_helper)", "tools/one.py one", "tools/two.py two"]],
  [["tools/two.py"], ["tools/two.py two"]],
  [["tools/_helper.py"], ["tools/_helper.py _helper"]],
  [
    ["tools/one.py", "tools", "more"],
    [
      "tools/one.py one",
      "tools/_helper.py (_helper)",
      "tools/two.py two",
      "more/my-tool.py my_tool",
      "more/one.py one_2",
    ],
  ],
  [["../outside.py"], [`${"ROOT"}/outside.py outside`]],
])("tool_paths %j", async ([paths, files]) => {
  expect(await reading(paths)).toEqual(files.map((file) => file.replace("ROOT", path.basename(root))));
});

test("a relative path starts at the folder of the file that names it", async () => {
  expect(await reading(["one.py"], { file: "tools/a.tac.yml" })).toEqual(["tools/one.py one"]);
  expect(await reading(["one.py"], { file: "tools/.tactus/config.yml" })).toEqual(["tools/one.py one"]);
});

test.for([
  [["tools", "gone"], /^plugin-path-invalid line 4: The path "gone" .* it does not exist\.$/],
  [["tools/notes.txt"], /neither a folder nor a Python file/],
  [["large"], /larger than 256 KiB/],
  [["many"], /more than 100 files or 1024 KiB/],
] as const)("tool_paths %j are told with their line", async ([paths, message]) => {
  expect(await reading(paths)).toMatch(message);
});

test("a folder's config reaches nothing outside the workspace, links neither", async () => {
  const folder = { trusted: false };
  expect(await reading(["../outside.py", "~"], folder)).toEqual(["refused ../outside.py", "refused ~"]);
  expect(await reading(["link.py"], folder)).toEqual(["refused link.py"]);
  symlinkSync(path.join(root, "outside.py"), path.join(root, "work/more/linked.py"));
  expect(await reading(["more"], folder)).toMatch(/is a link, which is not followed/);
});

test("the plan holds their texts; another byte is another plan; they go in with the start when granted", async () => {
  layOut({
    "work/a.tac": "Procedure { function() end }",
    "work/.tactus/config.yml": "tool_paths: [./tools/one.py]\n",
  });
  const base = { input: {}, textInput: {}, mock: false, isolation: "docker" } as const;
  const planned = async (grantAll: boolean, isolation: "docker" | "embedded" = "docker") => {
    const workspaceRoot = path.join(root, "work");
    const file = path.join(workspaceRoot, "a.tac");
    const plan = await preparePlan({ ...base, isolation, file, workspaceRoot, grantAll });
    if (!plan.ok) throw new Error(plan.error.message);
    return plan.value;
  };
  const origin = { seed: 1, time: 2 };
  const source = { file: "tools/one.py", module: "one", source: "def one(): ...", givesTools: true };
  const granted = await planned(true);
  expect(granted.policy).toMatchObject({ python: true, childProcesses: true });
  expect(startMessage(granted, "r", { origin }).plugins).toEqual({
    runnable: true,
    sources: [source],
    withheld: [],
  });

  const without = await planned(false);
  expect(without.policy).toMatchObject({ python: false, childProcesses: false });
  expect(startMessage(without, "r", { origin }).plugins).toEqual({
    runnable: true,
    sources: [],
    withheld: ["./tools/one.py"],
  });

  const embedded = await planned(true, "embedded");
  expect(embedded.policy).toMatchObject({ python: false, childProcesses: false });
  expect(startMessage(embedded, "r", { origin }).plugins).toMatchObject({
    runnable: false,
    sources: [source],
  });

  layOut({ "work/tools/one.py": "def one(): pass" });
  expect((await planned(true)).manifest).not.toBe(granted.manifest);
});
