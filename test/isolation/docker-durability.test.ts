import type Docker from "dockerode";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { RunEvent } from "#protocol/events/events.ts";
import { type Desk, openDesk } from "#test/contract/studio.ts";
import { type DockerEngine, engineOfSuite } from "#test/support/docker-engine.ts";
import { clientOf } from "#test/support/docker-sandbox.ts";
import { type EffectServer, startEffectServer } from "#test/support/effect-server.ts";
import {
  eventsIn,
  expectResumes,
  fortyCheckpoints,
  journalOf,
  killAtEvent,
} from "#test/support/interrupted-run.ts";

/** Runs that end before they are done, in the container, and go on in another one: the built command, a real engine. */

let engine: DockerEngine;
let client: Docker;
let server: EffectServer;

beforeAll(async () => {
  engine = await engineOfSuite();
  client = clientOf(engine);
  server = await startEffectServer();
});
afterAll(async () => {
  server?.dispose();
  await engine?.dispose();
});
beforeEach(() => server.forget());

const begin = ["run", "a.tac", "--json", "--isolation", "docker"];

function deskWith(source: string): Desk {
  const files = { "a.tac": source, "home/.tactus/config.yml": server.config };
  return openDesk(files, { DOCKER_HOST: engine.address });
}

const containers = async (): Promise<readonly string[]> =>
  (await client.listContainers({ all: true })).map(({ Names }) => Names.join());

/** So many parts, each of them in a container. */
function expectParts(events: readonly RunEvent[], parts: number): void {
  const isolations = events.flatMap((event) => (event.type === "run.started" ? [event.isolation] : []));
  expect(isolations).toEqual(Array.from({ length: parts }, () => "docker"));
}

test.for([4, 30, 90])(
  "a run whose host is killed at event %d goes on, does nothing twice, and leaves no container",
  async (count) => {
    using desk = deskWith(fortyCheckpoints);
    await killAtEvent(desk, begin, count);
    const { events } = journalOf(desk);
    expect(events().at(-1)?.type).not.toBe("run.finished");
    await expectResumes(desk, server);
    expectParts(events(), 2);
    expect(await containers()).toEqual([]);
  },
);

test("a container that can't notice the end of its host is removed when the run goes on", async () => {
  using desk = deskWith(fortyCheckpoints);
  const running = desk.start(begin);
  await running.shows('"checkpoint"');
  const [container] = await client.listContainers();
  const abandoned = client.getContainer(container?.Id ?? "");
  await abandoned.pause();
  running.process.kill("SIGKILL");
  await running.outcome;
  expect(await containers()).toEqual(container?.Names);
  await expectResumes(desk, server);
  expect(await containers()).toEqual([]);
});

test("a run that waits for a person is answered when nothing runs, and goes on in a container", async () => {
  using desk = deskWith(`Procedure { function()
  Host.call("effect", { name = "before" })
  return { name = Human.input({ message = "Name?" }), sure = Human.approve({ message = "Sure?" }) }
end }`);
  const waiting = await desk.studio(begin);
  expect(waiting.code).toBe(5);
  const { run } = journalOf(desk);
  const answer = async (stdout: string, value: string): Promise<void> => {
    const end = eventsIn(stdout).at(-1);
    const request = end?.type === "run.finished" ? (end.waiting?.request ?? "") : "";
    expect(end).toMatchObject({ status: "waiting", waiting: { for: "human" } });
    expect(await containers()).toEqual([]);
    expect(await desk.studio(["runs", "respond", run, request, value])).toMatchObject({ code: 0 });
  };
  await answer(waiting.stdout, "Ada");
  const again = await desk.studio(["runs", "resume", run, "--json"]);
  expect(again.code).toBe(5);
  await answer(again.stdout, "true");
  const done = await desk.studio(["runs", "resume", run, "--json"]);
  expect(eventsIn(done.stdout).at(-1)).toMatchObject({
    status: "completed",
    result: { name: "Ada", sure: true },
  });
  expectParts(journalOf(desk).events(), 3);
  expect(server.sent()).toBe(1);
  expect(await containers()).toEqual([]);
});
