import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { openDesk } from "./studio.ts";

const fine = "Procedure { function() return { ok = true } end }";
const embedded = ["--isolation", "embedded"];

interface BadInput {
  readonly name: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly code: number;
  /** What standard error must say: the place and the remedy. */
  readonly says: readonly string[];
  /** Most lines of the message. */
  readonly lines?: number;
}

/** Nothing may start: one message, and no trace in the folder. */
const refused: readonly BadInput[] = [
  { name: "no file", args: ["run"], code: 2, says: ["argument 'file'", "--help"] },
  { name: "missing file", args: ["run", "nix.tac"], code: 2, says: ["nix.tac does not exist"] },
  { name: "a folder", args: ["run", "."], code: 2, says: ["is not a file"] },
  { name: "unknown option", args: ["run", "a.tac", "--frob"], code: 2, says: ["--frob"] },
  { name: "unknown command", args: ["frobnicate"], code: 2, says: ["frobnicate"] },
  { name: "misspelt command", args: ["chekc"], code: 2, says: ["Did you mean check"] },
  { name: "no command", args: [], code: 2, says: ["--help"] },
  {
    name: "wrong isolation",
    args: ["run", "a.tac", "--isolation", "none"],
    code: 2,
    says: ["docker, embedded"],
  },
  { name: "contradiction", args: ["run", "a.tac", "--sandbox", ...embedded], code: 2, says: ["--sandbox"] },
  { name: "wrong timeout", args: ["run", "a.tac", "--timeout", "soon"], code: 2, says: ["seconds above 0"] },
  { name: "input without value", args: ["run", "a.tac", "--input", "x"], code: 2, says: ["key=value"] },
  { name: "input that is no JSON", args: ["run", "a.tac", "--input-json", "{"], code: 2, says: ["not JSON"] },
  {
    name: "input that is a list",
    args: ["run", "a.tac", "--input-json", "[1]"],
    code: 2,
    says: ["JSON object"],
  },
  {
    name: "broken sidecar",
    files: { "a.tac.yml": "sandbox:\n  timeout: [\n" },
    args: ["run", "a.tac", ...embedded],
    code: 2,
    says: ["a.tac.yml:", "YAML"],
    lines: 2,
  },
  {
    name: "unknown key in the sidecar",
    files: { "a.tac.yml": "sandbox:\n  enabled: true\n  netwrok: none\n" },
    args: ["run", "a.tac", ...embedded],
    code: 2,
    says: ["a.tac.yml:3:", 'Did you mean "network"'],
    lines: 2,
  },
  {
    name: "wrong type in the project's config",
    files: { ".tactus/config.yml": "sandbox:\n  timeout: soon\n" },
    args: ["run", "a.tac", ...embedded],
    code: 2,
    says: [".tactus/config.yml:2:", "number of seconds"],
    lines: 2,
  },
  {
    name: "unknown key in the person's config",
    files: { "home/.tactus/config.yml": "frob: 1\n" },
    args: ["run", "a.tac", ...embedded],
    code: 2,
    says: [".tactus/config.yml:1:", "frob"],
    lines: 2,
  },
  {
    name: "unset variable",
    files: { "a.tac.yml": `default_model: \${NOT_SET_HERE}\n` },
    args: ["run", "a.tac", ...embedded],
    code: 2,
    says: ["a.tac.yml:1:", "NOT_SET_HERE"],
    lines: 2,
  },
  {
    name: "unreachable engine",
    args: ["run", "a.tac"],
    environment: { DOCKER_HOST: "unix:///nowhere/docker.sock" },
    code: 3,
    says: ["--isolation embedded", "sandbox doctor"],
    lines: 4,
  },
  {
    name: "unknown run",
    args: ["runs", "show", "20260101-000000-abcdef"],
    code: 2,
    says: ["no run", "runs list"],
  },
  { name: "a path as a run", args: ["runs", "events", "../../etc"], code: 2, says: ["no run"] },
  { name: "check of a missing path", args: ["check", "nix"], code: 2, says: ["nix does not exist"] },
  { name: "check of another file", args: ["check", "notes.txt"], code: 2, says: ["notes.txt"] },
];

test.for(refused)("$name", async ({ files, args, environment, code, says, lines }) => {
  using desk = openDesk({ "a.tac": fine, "notes.txt": "", ...files });
  const outcome = await desk.studio(args, environment);
  expect(outcome).toMatchObject({ code, stdout: "" });
  for (const words of says) expect(outcome.stderr).toContain(words);
  expect(outcome.stderr.trimEnd().split("\n").length).toBeLessThanOrEqual(lines ?? 1);
  expect(existsSync(path.join(desk.folder, ".tactus", "runs"))).toBe(false);
});

const failing: ReadonlyArray<BadInput & { readonly source: string }> = [
  {
    name: "syntax error",
    source: "Procedure { function()\n  local x = = 1\nend }",
    args: [],
    code: 1,
    says: ["a.tac:2", "near '='"],
  },
  {
    name: "missing input",
    source: "Procedure { input = { topic = field.string{required = true} }, function() end }",
    args: [],
    code: 1,
    says: ["topic", "--input"],
  },
  {
    name: "wrong input",
    source: "Procedure { input = { n = field.number{} }, function() end }",
    args: ["--input", "n=abc"],
    code: 1,
    says: ["'n'", "number"],
  },
  {
    name: "input outside its choices",
    source: 'Procedure { input = { tone = field.string{enum = {"kind"}} }, function() end }',
    args: ["--input", "tone=rude"],
    code: 1,
    says: ["'tone'", "kind"],
  },
  {
    name: "missing key of a model",
    source:
      'clerk = Agent { provider = "openai", model = "gpt-4o-mini", system_prompt = "x" }\nProcedure { function() return clerk("hi").output end }',
    args: [],
    code: 1,
    says: ["OPENAI_API_KEY", "--mock"],
  },
  {
    name: "missing module",
    source: 'local helpers = require("helpers")\nProcedure { function() end }',
    args: [],
    code: 1,
    says: ["a.tac:1", "helpers"],
  },
];

test.for(failing)(
  "a run that fails says where and what to do: $name",
  async ({ source, args, code, says }) => {
    using desk = openDesk({ "a.tac": source });
    const outcome = await desk.studio(["run", "a.tac", ...embedded, ...args]);
    expect(outcome.code).toBe(code);
    for (const words of says) expect(outcome.stdout).toContain(words);
    const [run = ""] = readdirSync(path.join(desk.folder, ".tactus", "runs")).filter(
      (name) => name !== ".gitignore",
    );
    expect(readdirSync(path.join(desk.folder, ".tactus", "runs", run)).toSorted()).toEqual([
      "events.jsonl",
      "seal",
    ]);
  },
);
