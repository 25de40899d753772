import type { JsonObject } from "#common/json.ts";
import { type Attack, outcome } from "../../attack.ts";
import {
  boundedEvents,
  eventsOfTheSandbox,
  firstEndCounts,
  frameDepth,
  frameSize,
  greeting,
} from "../../controls/wire-controls.ts";
import { type RawFrame, request, TakenWire } from "../../world/taken-wire.ts";
import type { World } from "../../world/world.ts";

const common = { threat: "T8", places: ["host"] } satisfies Pick<Attack, "threat" | "places">;
const mebibyte = 1024 * 1024;

/** Sends frames without the greeting that was asked for, and looks whether a file would have been written. */
async function writesUngreeted(world: World, frames: (wire: TakenWire) => readonly RawFrame[]) {
  const wire = await TakenWire.open(world);
  await wire.sayAndWait(...frames(wire));
  return outcome(
    wire.reached.written.length > 0,
    `${wire.reached.written.length} written; ${await wire.ended()}`,
  );
}

/** Sends one event that a sandbox has no business to send, and looks whether it is among the events of the run. */
async function forgesEvent(world: World, event: { readonly type: string } & JsonObject) {
  const wire = await TakenWire.greeted(world);
  await wire.sayAndWait({ kind: "event", event });
  const forged = wire.events.some(({ type }) => type === event.type);
  return outcome(forged, `it is ${forged ? "" : "not "}in the journal; ${await wire.ended()}`);
}

function write(id: number, text = "x"): JsonObject {
  return request(id, "file.write", { path: "a.txt", text });
}

export const attacks: readonly Attack[] = [
  {
    ...common,
    id: "broker-guessed-greeting",
    title:
      "something that is not the runtime greets with a nonce of its own and asks for a file to be written",
    success: "the file would be written",
    control: greeting,
    attempt: (world) => writesUngreeted(world, (wire) => [wire.hello(`${wire.nonce.slice(1)}0`), write(1)]),
  },
  {
    ...common,
    id: "broker-requests-before-the-greeting",
    title: "requests arrive where the greeting should be, and a greeting after them",
    success: "one of them is served",
    control: greeting,
    attempt: (world) => writesUngreeted(world, () => [write(1), write(2)]),
  },
  {
    ...common,
    id: "broker-huge-frame",
    title: "a request of six megabytes",
    success: "it is served",
    control: frameSize,
    attempt: async (world) => {
      const wire = await TakenWire.greeted(world);
      await wire.sayAndWait(write(1, "x".repeat(6 * mebibyte)));
      const taken = wire.reached.written.length > 0;
      return outcome(taken, `it was ${taken ? "" : "not "}served; ${await wire.ended()}`);
    },
  },
  {
    ...common,
    id: "broker-deep-frame",
    title: "a request with arguments that are nested 300 levels deep",
    success: "a tool of the host is called with them",
    control: frameDepth,
    attempt: async (world) => {
      const wire = await TakenWire.greeted(world);
      const deep = `${'{"a":'.repeat(300)}1${"}".repeat(300)}`;
      const call = `{"tool":"t","by":"procedure","arguments":${deep}}`;
      await wire.sayAndWait(`{"kind":"request","id":1,"method":"host.call","params":${call}}`);
      const called = wire.reached.called.length > 0;
      return outcome(called, `it was ${called ? "" : "not "}called; ${await wire.ended()}`);
    },
  },
  {
    ...common,
    id: "broker-forged-end",
    title: "sends the event by which the host tells that a run has succeeded, and goes on",
    success: "the event is in the journal",
    control: eventsOfTheSandbox,
    attempt: (world) =>
      forgesEvent(world, {
        type: "run.finished",
        status: "completed",
        result: true,
        durationMs: 1,
        usage: { inputTokens: 0, outputTokens: 0, totalTokens: 0 },
      }),
  },
  {
    ...common,
    id: "broker-forged-answer-of-a-person",
    title:
      "sends the event by which the host tells what a person answered, so that a resumed run finds a yes",
    success: "the event is in the journal",
    control: eventsOfTheSandbox,
    attempt: (world) =>
      forgesEvent(world, {
        type: "human.responded",
        request: "q1",
        kind: "approval",
        value: true,
        by: "person",
      }),
  },
  {
    ...common,
    id: "broker-forged-spending",
    title: "sends the event by which the host tells what was spent, with a sum below nothing",
    success: "the event is in the journal",
    control: eventsOfTheSandbox,
    attempt: (world) => forgesEvent(world, { type: "spending", cost: -100, tokens: -1e6, turns: -100 }),
  },
  {
    ...common,
    id: "broker-speaks-after-the-end",
    title: "sends its last message, and behind it in the same piece a file and an event",
    success: "the file would be written or the event is in the journal",
    control: firstEndCounts,
    attempt: async (world) => {
      const wire = await TakenWire.greeted(world);
      const usage = { inputTokens: 0, outputTokens: 0, totalTokens: 0 };
      const event = { type: "stage", name: "afterwards" };
      await wire.say({ kind: "finished", status: "completed", usage }, write(1), { kind: "event", event });
      await wire.outcome;
      const late = wire.reached.written.length + wire.events.length;
      return outcome(late > 0, `${late} of both; ${await wire.ended()}`);
    },
  },
  {
    ...common,
    id: "broker-flood-of-events",
    title: "a sandbox that does not keep its own limit of output sends ten megabytes of events",
    success: "more than five megabytes of them are in the journal, with a limit of one",
    control: boundedEvents,
    attempt: async (world) => {
      const wire = await TakenWire.greeted(world);
      const event = { type: "output", stream: "stdout", text: "x".repeat(mebibyte) };
      await wire.sayAndWait(...Array.from({ length: 10 }, () => ({ kind: "event", event })));
      const told = wire.events.filter(({ type }) => type === "output").length;
      return outcome(told > 5, `${told} MiB; ${await wire.ended()}`);
    },
  },
];
