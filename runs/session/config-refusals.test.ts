import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkConfigDocument } from "#language/sidecar/check-config.ts";
import type { CheckContext } from "#language/sidecar/check-context.ts";
import { mutatedText, SeededRandom } from "#language/sidecar/testing/mutated-text.ts";
import { sampleConfigs } from "#language/sidecar/testing/sample-configs.ts";
import { parseYamlDocument } from "#language/sidecar/yaml-document.ts";
import { preparePlan } from "#runs/session/plan.ts";

/** The runner refuses to start with exactly the files in which the checker sees an error. */

let root: string;
let usualHome: string | undefined;

beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), "tactus-refusals-"));
  for (const folder of ["work/.tactus", "work/data", "other", "home/.tactus", "home/data"])
    mkdirSync(path.join(root, folder), { recursive: true });
  writeFileSync(path.join(root, "work/a.tac"), "Procedure { function() end }");
  usualHome = process.env["HOME"];
  process.env["HOME"] = path.join(root, "home");
});

afterAll(() => {
  rmSync(root, { recursive: true });
  if (usualHome === undefined) delete process.env["HOME"];
  else process.env["HOME"] = usualHome;
});

const places = {
  sidecar: { file: "work/a.tac.yml", folder: "work", isOwn: false },
  config: { file: "work/.tactus/config.yml", folder: "work", isOwn: false },
  "own config": { file: "home/.tactus/config.yml", folder: "home", isOwn: true },
} as const;

type PlaceName = keyof typeof places;

async function isRefused(text: string, { file }: (typeof places)[PlaceName]): Promise<boolean> {
  const written = path.join(root, file);
  writeFileSync(written, text);
  const request = { input: {}, textInput: {}, mock: false, grantAll: false };
  const workspaceRoot = path.join(root, "work");
  const plan = await preparePlan({ ...request, file: path.join(workspaceRoot, "a.tac"), workspaceRoot });
  rmSync(written);
  if (!plan.ok) expect(plan.error.exitCode).toBe(2);
  return !plan.ok;
}

function errorsIn(text: string, { file, folder, isOwn }: (typeof places)[PlaceName]): string[] {
  const start = path.join(root, folder);
  const context: CheckContext = {
    file: path.join(root, file),
    isOwn,
    place: { folder: start, workspaceRoot: path.join(root, "work"), home: homedir() },
    exists: (written) => existsSync(path.resolve(start, written.replace(/^~(?=$|\/)/, homedir()))),
    variable: (name) => process.env[name],
  };
  return checkConfigDocument(parseYamlDocument(text), context)
    .filter(({ severity, code }) => severity === "error" && !code.startsWith("config-sidecar"))
    .map(({ code, message }) => `${code} ${message}`);
}

const cases = [
  ...sampleConfigs.map((text) => text.replaceAll(/\$\{\w+\}/g, "x")),
  "",
  "- a",
  "sandbox: { netwrok: none }",
  "sandbox: { limits: { memory: 2gb } }",
  "sandbox: { limits: { cpus: 2000 } }",
  "sandbox: { network: host }",
  "sandbox: { network: bridge }",
  "sandbox: { image: '--privileged x' }",
  "sandbox: { env: { PATH: /x } }",
  "sandbox: { env: { API_KEY: x } }",
  'sandbox: { env: { A: "a\\0b" } }',
  "sandbox: { timeout: 0 }",
  "sandbox: { timeout: 90000 }",
  "sandbox: { dev_mode: maybe }",
  "sandbox: { volumes: ['./data:/data:ro'] }",
  "sandbox: { volumes: ['./gone:/data'] }",
  "sandbox: { volumes: ['cache:/cache'] }",
  "sandbox: { volumes: ['/etc:/e'] }",
  "sandbox: { volumes: ['~/.ssh:/e'] }",
  "sandbox: { volumes: ['~:/e'] }",
  "sandbox: { volumes: ['./data:/workspace'] }",
  "inputs: { a: 1 }",
  "mcp_servers: { a: { broker: true } }",
  "mcp_servers: { a: { args: [x] } }",
  `default_model: "\${SURELY_NOT_SET}"`,
  "default_model: a\ndefault_model: b",
  "sandbox:\n\tnetwork: none",
  "a: &a [*a]",
  "<<: { sandbox: { network: none } }",
];

describe.for(Object.keys(places) as PlaceName[])("in a %s", (name) => {
  test.for(cases)("%j", async (text) => {
    expect(await isRefused(text, places[name])).toBe(errorsIn(text, places[name]).length > 0);
  });

  test("whatever is typed", async () => {
    const random = new SeededRandom(name.length);
    let refused = 0;
    for (let round = 0; round < 150; round++) {
      const text = mutatedText(random.of(cases), cases, random).toWellFormed();
      const errors = errorsIn(text, places[name]);
      expect(await isRefused(text, places[name]), `${JSON.stringify(text)}: ${errors}`).toBe(
        errors.length > 0,
      );
      refused += Math.min(1, errors.length);
    }
    expect(refused).toBeGreaterThan(20);
    expect(refused).toBeLessThan(150);
  });
});
