import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import type { RunPage } from "#protocol/page/page-data.ts";
import { openDesk } from "./studio.ts";

const procedure = `local words = require("lib.words")
Procedure { function()
  File.write("out.txt", words.hello)
  return { said = words.hello }
end }
`;

/** The data of a written page. */
function dataOf(file: string): RunPage {
  const [, packed = ""] = /id="data">([^<]*)</.exec(readFileSync(file, "utf8")) ?? [];
  return JSON.parse(gunzipSync(Buffer.from(packed, "base64")).toString());
}

test("runs show --html writes one page with the run, its sources and what it would change", async () => {
  using desk = openDesk({ "a.tac": procedure, "lib/words.tac": 'return { hello = "hi" }' });
  const { stdout } = await desk.studio(["run", "a.tac", "--isolation", "embedded", "--json"]);
  const { run } = JSON.parse(stdout.split("\n")[0] ?? "");
  const written = await desk.studio(["runs", "show", run, "--html", "out/report"]);
  expect(written).toMatchObject({ code: 0, stdout: "out/report/index.html\n" });
  const file = path.join(desk.folder, "out/report/index.html");
  expect(statSync(file).size).toBeLessThan(6_000_000);
  expect(dataOf(file)).toMatchObject({
    kind: "run",
    run,
    eventsLeftOut: 0,
    interrupted: false,
    files: [
      { path: "out.txt", status: "added", after: "hi" },
      { path: "a.tac", status: "unchanged", after: procedure },
      { path: "lib/words.tac", status: "unchanged" },
    ],
  });
  expect(dataOf(file).events.at(-1)).toMatchObject({ type: "run.finished", result: { said: "hi" } });
});

test("a page of somebody else, and a run that is not there, are told", async () => {
  using desk = openDesk({ "index.html": "<p>mine</p>" });
  const run = "20260102-030405-abcdef";
  expect(await desk.studio(["runs", "show", run, "--html", "."])).toMatchObject({ code: 2 });
  const folder = path.join(desk.folder, ".tactus/runs", run);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "events.jsonl"), "");
  expect(await desk.studio(["runs", "show", run, "--html", "."])).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/index\.html is there already, and is no report/),
  });
});

test("runs show --web serves the page until it is interrupted", async () => {
  using desk = openDesk({ "a.tac": 'Procedure { function() return { said = "hi" } end }' });
  const { stdout } = await desk.studio(["run", "a.tac", "--isolation", "embedded", "--json"]);
  const { run } = JSON.parse(stdout.split("\n")[0] ?? "");
  const served = desk.start(["runs", "show", run, "--web"]);
  let printed = "";
  served.process.stdout?.on("data", (text: Buffer) => {
    printed += text;
  });
  await served.shows("#");
  await expect.poll(() => printed).toContain("\n");
  const { origin, hash } = new URL(printed.trim());
  expect((await fetch(`${origin}/run`)).status).toBe(401);
  const answer = await fetch(`${origin}/run`, { headers: { authorization: `Bearer ${hash.slice(1)}` } });
  expect(await answer.json()).toMatchObject({ kind: "run", run });
  served.process.kill("SIGINT");
  expect(await served.outcome).toMatchObject({ code: 0 });
});
