import { execFileSync } from "node:child_process";
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type EffectServer, expectTwentyEffects, startEffectServer } from "../support/effect-server.ts";
import {
  eventsIn,
  expectResumes,
  expectWhole,
  fortyCheckpoints,
  journalOf,
  killAtEvent,
} from "../support/interrupted-run.ts";
import { startModelServer } from "../support/model-server.ts";
import { type Desk, openDesk } from "./studio.ts";

/** How many moments a run is killed at: all of its events and 100 at random with `TACTUS_KILLS=all`. */
const everyEvent = process.env["TACTUS_KILLS"] === "all";
const sampledEvents = 8;
const randomMoments = everyEvent ? 100 : 6;

let server: EffectServer;

beforeAll(async () => {
  server = await startEffectServer();
});
afterAll(() => server.dispose());
beforeEach(() => server.forget());

const begin = ["run", "a.tac", "--json", "--isolation", "embedded"];
const files = (source: string) => ({ "a.tac": source, "home/.tactus/config.yml": server.config });

/** Begins a run that is ended by somebody, goes on with it to its end, and looks at both. */
async function interruptedAndResumed(interrupt: (desk: Desk) => Promise<void>, kills = 1): Promise<void> {
  server.forget();
  using desk = openDesk(files(fortyCheckpoints));
  await interrupt(desk);
  await expectResumes(desk, server, kills);
}

/** Numbers of events at which to kill, spread over a whole run. */
async function moments(): Promise<number[]> {
  using desk = openDesk(files(fortyCheckpoints));
  await desk.studio(begin);
  const { events } = journalOf(desk);
  expectWhole(events());
  const last = events().length - 1;
  const step = everyEvent ? 1 : Math.ceil(last / sampledEvents);
  return Array.from({ length: Math.ceil(last / step) }, (_, index) => index * step + 1);
}

describe("a run whose process is killed", () => {
  test("at its events", { timeout: 1_800_000 }, async () => {
    for (const count of await moments()) {
      await interruptedAndResumed((desk) => killAtEvent(desk, begin, count));
    }
  });

  test("at random moments", { timeout: 1_800_000 }, async () => {
    for (let moment = 0; moment < randomMoments; moment++) {
      const milliseconds = Math.floor(Math.random() * 500);
      await interruptedAndResumed(async (desk) => {
        const running = desk.start(begin);
        running.process.stdin?.end();
        await running.shows('"run.started"');
        setTimeout(() => running.process.kill("SIGKILL"), milliseconds);
        await running.outcome;
      });
    }
  });

  test("again and again", async () => {
    await interruptedAndResumed(async (desk) => {
      await killAtEvent(desk, begin, 20);
      for (const count of [15, 25]) {
        await killAtEvent(desk, ["runs", "resume", journalOf(desk).run, "--json"], count);
      }
    }, 3);
  });

  test("in the middle of a line of its journal", async () => {
    await interruptedAndResumed(async (desk) => {
      await killAtEvent(desk, begin, 60);
      const { file } = journalOf(desk);
      const text = readFileSync(file, "utf8");
      expect(text.endsWith("\n")).toBe(true);
      appendFileSync(file, '{"seq":999,"time":"20');
      const { run } = journalOf(desk);
      await killAtEvent(desk, ["runs", "resume", run, "--json"], 3);
    }, 2);
  });

  test("and that two want to go on with: one does", async () => {
    using desk = openDesk(files(fortyCheckpoints));
    await killAtEvent(desk, begin, 40);
    const { run, events } = journalOf(desk);
    const resume = ["runs", "resume", run, "--json"];
    const outcomes = await Promise.all([desk.studio(resume), desk.studio(resume), desk.studio(resume)]);
    expect(outcomes.map(({ code }) => code).filter((code) => code === 0).length).toBeLessThanOrEqual(1);
    for (const { code, stderr } of outcomes) {
      if (code !== 0) expect(stderr).toMatch(/under way in another process|has completed/);
    }
    if (events().at(-1)?.type !== "run.finished") await desk.studio(resume);
    expectWhole(events());
    expectTwentyEffects(server, 1);
  });
});

const isRoot = process.getuid?.() === 0 && process.platform === "linux";

test.skipIf(!isRoot)("a full disk ends the run before anything more is done; then it goes on", async () => {
  using desk = openDesk(files(fortyCheckpoints));
  const folder = path.join(desk.folder, ".tactus");
  mkdirSync(folder);
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=24k", "tmpfs", folder]);
  try {
    const { code } = await desk.studio(begin);
    expect(code).toBe(1);
    const { run, file, events } = journalOf(desk);
    const sent = server.sent();
    expect(sent).toBeGreaterThan(0);
    expect(sent).toBeLessThan(20);
    expect(readFileSync(file, "utf8").endsWith("\n")).toBe(true);
    execFileSync("mount", ["-o", "remount,size=10m", folder]);
    expect(await desk.studio(["runs", "resume", run, "--json"])).toMatchObject({ code: 0 });
    expectWhole(events());
    expectTwentyEffects(server, 1);
  } finally {
    execFileSync("umount", [folder]);
  }
});

describe("a changed source", () => {
  const first = 'local a = checkpoint("first", function() return 1 end)';
  const call = 'local b = Host.call("effect", { name = "one" })';
  const file = (...lines: string[]): string => ["Procedure { function()", ...lines, "end }"].join("\n");
  const failing = file(first, call, 'error("stop")');
  const cases = [
    { name: "after the last checkpoint is fine", source: file(first, call, "return b.effect"), code: 0 },
    { name: "with lines moved is fine", source: file("-- one", "", first, call, "return b.effect"), code: 0 },
    {
      name: "with another name",
      source: file(first.replace("first", "second"), call),
      message: /the step 'first' \(a\.tac:2\), and now there is the step 'second' \(a\.tac:2\)/,
    },
    {
      name: "with other arguments",
      source: file(first, call.replace("one", "two")),
      message: /a call of the host tool 'effect' \(a\.tac:3\), and now the same is done with something else/,
    },
    {
      name: "that does something else",
      source: file(first, 'File.read("x")'),
      message: /a call of the host tool 'effect' \(a\.tac:3\), and now there is reading the file 'x'/,
    },
    {
      name: "that ends early",
      source: file(first, "return a"),
      message: /a call of the host tool 'effect' \(a\.tac:3\), and now it ends before that/,
    },
    {
      name: "that would catch it",
      source: file(first, 'pcall(Host.call, "effect", { name = "three" })', "return 1"),
      message: /done with something else/,
    },
  ];

  test.for(cases)("$name", async ({ source, code = 1, message }) => {
    using desk = openDesk(files(failing));
    await desk.studio(begin);
    writeFileSync(path.join(desk.folder, "a.tac"), source);
    const resumed = await desk.studio(["runs", "resume", journalOf(desk).run, "--json"]);
    expect(resumed.code).toBe(code);
    const end = eventsIn(resumed.stdout).at(-1);
    if (message) {
      expect(end).toMatchObject({
        error: { code: "source-changed", file: "a.tac", line: expect.any(Number) },
      });
      expect(end?.type === "run.finished" && end.error?.message).toMatch(message);
    } else expect(end).toMatchObject({ status: "completed", result: "/one" });
    expect(server.sent()).toBe(1);
  });
});

describe("a replay", () => {
  test("never calls out, writes nothing, and comes to the same end", async () => {
    using desk = openDesk(files(fortyCheckpoints));
    const { stdout } = await desk.studio([...begin, "--workspace", "mount"]);
    const { run, file } = journalOf(desk);
    const journal = readFileSync(file, "utf8");
    const sent = server.sent();
    writeFileSync(path.join(desk.folder, "sum.txt"), "untouched");
    const replayed = await desk.studio(["runs", "replay", run, "--json"]);
    expect(replayed.code).toBe(0);
    expect(eventsIn(replayed.stdout).at(-1)).toMatchObject({
      status: "completed",
      result: (eventsIn(stdout).at(-1) as { result?: unknown }).result,
    });
    expect(eventsIn(replayed.stdout).filter(({ type }) => type === "output")).toHaveLength(10);
    expect(server.sent()).toBe(sent);
    expect(readFileSync(path.join(desk.folder, "sum.txt"), "utf8")).toBe("untouched");
    expect(readFileSync(file, "utf8")).toBe(journal);
  });

  test("ends where it is told to, without asking", async () => {
    using desk = openDesk(files(fortyCheckpoints));
    await desk.studio(begin);
    const { run, events } = journalOf(desk);
    const third = events().findIndex((event) => event.type === "checkpoint" && event.index === 3) + 1;
    const sent = server.sent();
    const replayed = await desk.studio(["runs", "replay", run, "--json", "--to", String(third)]);
    const checkpoints = eventsIn(replayed.stdout).filter(({ type }) => type === "checkpoint");
    expect(checkpoints).toHaveLength(3);
    expect(checkpoints).toMatchObject([{ replayed: true }, { replayed: true }, { replayed: true }]);
    expect(server.sent()).toBe(sent);
  });
});

describe("a run that waits", () => {
  const asking = `Procedure { function()
  Host.call("effect", { name = "before" })
  local ok, name = pcall(Human.input, { message = "Name?" })
  Log.info("answered")
  return { ok = ok, name = name, sure = Human.select{ message = "Sure?", options = { "yes", "no" } } }
end }`;

  test("ends with 5, takes answers when nothing runs, and goes on with them", async () => {
    using desk = openDesk(files(asking));
    const waiting = await desk.studio(begin);
    expect(waiting.code).toBe(5);
    const end = eventsIn(waiting.stdout).at(-1);
    expect(end).toMatchObject({ status: "waiting", waiting: { for: "human" } });
    expect(waiting.stdout).not.toContain('"message":"answered"');
    const { run, events } = journalOf(desk);
    const request = (end as { waiting: { request: string } }).waiting.request;
    expect((await desk.studio(["runs", "resume", run, "--json"])).code).toBe(5);
    expect(events().filter(({ type }) => type === "human.requested")).toHaveLength(1);
    expect((await desk.studio(["runs", "respond", run, "q99", "x"])).code).toBe(2);
    expect(await desk.studio(["runs", "respond", run, request, "Ada"])).toMatchObject({ code: 0 });
    const list = JSON.parse((await desk.studio(["runs", "list", "--json"])).stdout);
    expect(list.runs).toMatchObject([{ run, status: "waiting" }]);
    const again = await desk.studio(["runs", "resume", run, "--json"]);
    expect(again.code).toBe(5);
    const second = (eventsIn(again.stdout).at(-1) as { waiting: { request: string } }).waiting.request;
    expect(second).not.toBe(request);
    expect((await desk.studio(["runs", "respond", run, second, "maybe"])).code).toBe(2);
    expect((await desk.studio(["runs", "respond", run, second, "no"])).code).toBe(0);
    const done = await desk.studio(["runs", "resume", run, "--json"]);
    expect(eventsIn(done.stdout).at(-1)).toMatchObject({
      status: "completed",
      result: { ok: true, name: "Ada", sure: "no" },
    });
    expect((await desk.studio(["runs", "resume", run])).code).toBe(2);
    expect(server.sent()).toBe(1);
  });
});

test("a replayed turn leaves history, tool calls and usage as they were, and its model is not asked again", async () => {
  const model = await startModelServer((_request, index) =>
    index === 0
      ? {
          kind: "answer",
          toolCalls: [{ name: "note", arguments: { text: "a" } }],
          usage: { input: 3, output: 2 },
        }
      : { kind: "answer", text: `answer ${index}`, usage: { input: 3, output: 2 } },
  );
  const source = (rest: string): string => `
note = Tool { input = { text = field.string{required = true} }, function(args) return args.text end }
clerk = Agent { provider = "local", model = "m", system_prompt = "s", tools = { note } }
Procedure { function()
  local first = clerk("one").output
  ${rest}
end }`;
  const provider = `providers: { local: { kind: openai-compatible, base_url: "${model.url}/v1" } }\n`;
  using desk = openDesk({ "a.tac": source('error("stop")'), "home/.tactus/config.yml": provider });
  await desk.studio(begin);
  expect(model.requests).toHaveLength(2);
  writeFileSync(
    path.join(desk.folder, "a.tac"),
    source(`return { first, clerk("two").output, note.last_result(), clerk.usage.total_tokens }`),
  );
  const resumed = await desk.studio(["runs", "resume", journalOf(desk).run, "--json"]);
  await model.dispose();
  expect(eventsIn(resumed.stdout).at(-1)).toMatchObject({
    status: "completed",
    result: ["answer 1", "answer 2", "a", 15],
    usage: { totalTokens: 15 },
  });
  expect(model.requests).toHaveLength(3);
  expect(JSON.stringify(model.requests[2]?.body)).toMatch(/one.*answer 1.*two/);
  const keys = model.requests.map(({ headers }) => headers["idempotency-key"]);
  expect(new Set(keys).size).toBe(3);
});
