import { spawn } from "node:child_process";
import { expect, test } from "vitest";
import { openDesk, studioCommand } from "./studio.ts";

test("sandbox doctor --json says what each isolation can give", async () => {
  using desk = openDesk({});
  const environment = { DOCKER_HOST: "unix:///nowhere/docker.sock" };
  const { stdout, code } = await desk.studio(["sandbox", "doctor", "--json"], environment);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    docker: { available: false, code: "engine-unreachable", remedy: expect.stringContaining("embedded") },
    embedded: {
      available: true,
      controls: expect.arrayContaining([expect.objectContaining({ control: "network", status: "on" })]),
    },
  });
});

test.for(["build", "prune"])("sandbox %s without an engine exits with 3", async (command) => {
  using desk = openDesk({});
  const outcome = await desk.studio(["sandbox", command, "--json"], {
    DOCKER_HOST: "unix:///nowhere/docker.sock",
  });
  expect(outcome).toMatchObject({ code: 3, stdout: "" });
});

test.for([["--help"], ["run", "--help"], ["--version"]])(
  "%s exits with 0 and prints to standard output",
  async (args) => {
    using desk = openDesk({});
    const outcome = await desk.studio(args);
    expect(outcome).toMatchObject({ code: 0, stderr: "" });
    expect(outcome.stdout).not.toBe("");
  },
);

const two = `Procedure "double" { input = {x = field.number{required = true}}, function(input) return input.x * 2 end }
Procedure "triple" { input = {x = field.number{required = true}}, function(input) return input.x * 3 end }
`;

test.for([
  { args: ["--procedure", "triple"], code: 0, shown: "63" },
  {
    args: ["--procedure", "half"],
    code: 1,
    shown: "declares no procedure and no task 'half'. There are: double, triple.",
  },
  { args: [], code: 1, shown: "none is named 'main'" },
])("run $args of a file with two procedures", async ({ args, code, shown }) => {
  using desk = openDesk({ "two.tac": two });
  const outcome = await desk.studio([
    "run",
    "two.tac",
    "--isolation",
    "embedded",
    "--input",
    "x=21",
    ...args,
  ]);
  expect(outcome.code).toBe(code);
  expect(outcome.stdout + outcome.stderr).toContain(shown);
});

const chatty = 'Procedure { function() for i = 1, 20000 do Log.info("x" .. i) end end }';

/** What a shell prints that runs the command and pipes its events somewhere. */
async function piped(into: string): Promise<string[]> {
  using desk = openDesk({ "a.tac": chatty });
  const shell = spawn("sh", ["-c", `${studioCommand} run a.tac --json --isolation embedded | ${into}`], {
    cwd: desk.folder,
    env: { PATH: process.env["PATH"], HOME: desk.home },
  });
  let output = "";
  for (const stream of [shell.stdout, shell.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  await new Promise((resolve) => shell.on("close", resolve));
  return output.trimEnd().split("\n");
}

test("a reader that goes away does not make a crash", async () => {
  expect(await piped("head -n 2")).toHaveLength(2);
});

test("a slow reader gets every event", async () => {
  expect(await piped("(sleep 2; wc -l)")).toEqual([String(20_000 + 3)]);
});
