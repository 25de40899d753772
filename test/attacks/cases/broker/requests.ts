import type { JsonObject } from "#common/json.ts";
import { type Attack, outcome } from "../../attack.ts";
import {
  boundedConcurrency,
  boundedDenials,
  boundedRate,
  declaredParameters,
  freshRequests,
  tableOfMethods,
} from "../../controls/dispatch-controls.ts";
import { request, TakenWire } from "../../world/taken-wire.ts";

const common = { threat: "T8", places: ["host"] } satisfies Pick<Attack, "threat" | "places">;

const question = { kind: "approval", message: "Go on?", details: {} } satisfies JsonObject;

/** Sends so many requests, never more than may be under way, the next ones when those before are answered. */
async function askInTurns(wire: TakenWire, count: number, ask: (id: number) => JsonObject): Promise<void> {
  for (let id = 1; id <= count; id += 10) {
    await wire.say(...Array.from({ length: 10 }, (_, index) => ask(id + index)));
    await wire.replied(id + 9);
  }
}

export const attacks: readonly Attack[] = [
  {
    ...common,
    id: "broker-number-used-twice",
    title: "two requests with the same id, so that the answer to one might pass for that to the other",
    success: "both are served",
    control: freshRequests,
    attempt: async (world) => {
      const wire = await TakenWire.greeted(world);
      const write = (text: string) => request(1, "file.write", { path: "a.txt", text });
      await wire.sayAndWait(write("one"), write("two"));
      const served = wire.reached.written.length;
      return outcome(served > 1, `${served} of two were served; ${await wire.ended()}`);
    },
  },
  {
    ...common,
    id: "broker-many-requests-at-once",
    title: "two hundred questions to a person that nobody answers, sent at once",
    success: "more than twenty of them are shown",
    control: boundedConcurrency,
    attempt: async (world) => {
      const wire = await TakenWire.greeted(world, { onQuestion: () => new Promise(() => {}) });
      const flood = Array.from({ length: 200 }, (_, index) => request(index + 1, "human.ask", question));
      await wire.say(...flood);
      await wire.sayAndWait();
      const { asked } = wire.reached;
      return outcome(asked.length > 20, `${asked.length} were shown; ${await wire.ended()}`);
    },
  },
  {
    ...common,
    id: "broker-requests-without-pause",
    title: "eighty questions to a person, the next ones as soon as those before are answered",
    success: "they are shown faster than twenty a second after a burst of forty",
    control: boundedRate,
    attempt: async (world) => {
      const wire = await TakenWire.greeted(world);
      const began = performance.now();
      await askInTurns(wire, 80, (id) => request(id, "human.ask", question));
      const seconds = (performance.now() - began) / 1000;
      const allowed = 42 + 20 * seconds;
      return outcome(80 > allowed, `80 were shown, ${Math.floor(allowed)} are allowed in that time`);
    },
  },
  {
    ...common,
    id: "broker-methods-of-every-object",
    title: "methods named constructor, __proto__ and toString, which a table that is a plain object has",
    success: "the host does something else than to deny them",
    control: tableOfMethods,
    attempt: async (world) => {
      const wire = await TakenWire.greeted(world);
      const names = ["constructor", "__proto__", "toString", "hasOwnProperty"];
      await wire.say(...names.map((name, index) => request(index + 1, name, {})));
      await wire.replied(names.length);
      const codes = wire.received.flatMap(({ kind, code }) => (kind === "refusal" ? [code] : []));
      const denied = codes.filter((code) => code === "unknown-method").length;
      return outcome(denied < names.length, `it was told ${codes.join()}`);
    },
  },
  {
    ...common,
    id: "broker-flood-of-unknown-methods",
    title: "asks for two hundred methods that do not exist, to drown the journal in their denials",
    success: "each of them is written down, or none",
    control: boundedDenials,
    attempt: async (world) => {
      const wire = await TakenWire.greeted(world);
      await askInTurns(wire, 200, (id) => request(id, `shell.exec${id}`, {}));
      const told = wire.events.filter(
        (event) => event.type === "log" && event.message.includes("shell.exec"),
      );
      return outcome(told.length === 0 || told.length > 100, `${told.length} of 200 are in the journal`);
    },
  },
  {
    ...common,
    id: "broker-question-as-if-of-the-host",
    threat: "T10",
    title: "a question of the procedure that says it is the host's own, about a tool that waits for leave",
    success: "whoever shows it takes it for one of the host",
    control: declaredParameters,
    attempt: async (world) => {
      const wire = await TakenWire.greeted(world);
      await wire.sayAndWait(request(1, "human.ask", { ...question, hostTool: "deploy", id: "q7" }));
      const [asked = {}] = wire.reached.asked;
      const fooled = asked["hostTool"] === "deploy" || asked["id"] === "q7";
      return outcome(fooled, `it is shown with ${Object.keys(asked).join()}`);
    },
  },
  {
    ...common,
    id: "broker-prototype-as-argument",
    title: "arguments of a tool of the host with a key __proto__, at the top and below",
    success: "the tool gets the key, or objects with another prototype",
    control: declaredParameters,
    attempt: async (world) => {
      const wire = await TakenWire.greeted(world);
      const evil = '{"__proto__":{"admin":true},"inner":{"__proto__":{"admin":true}}}';
      const call = `{"tool":"t","by":"procedure","arguments":${evil}}`;
      await wire.sayAndWait(`{"kind":"request","id":1,"method":"host.call","params":${call}}`);
      const [got] = wire.reached.called;
      const passed = JSON.stringify(got ?? {}).includes("admin") || "admin" in {};
      return outcome(passed || (got !== undefined && "admin" in got), `the tool got ${JSON.stringify(got)}`);
    },
  },
];
