import type { ListedCapabilities } from "#broker/dispatch/manifest-gate.ts";
import type { CallRules } from "#broker/host-tools/host-tool-declaration.ts";
import type { HostToolsOptions } from "#broker/host-tools/host-tools.ts";
import type { JsonObject } from "#common/json.ts";
import { type Attack, outcome } from "../../attack.ts";
import {
  allowedTools,
  boundedArguments,
  checkedArguments,
  exactNames,
  leaveForOneCall,
  manifestGate,
} from "../../controls/dispatch-controls.ts";
import { request, TakenWire } from "../../world/taken-wire.ts";
import type { World } from "../../world/world.ts";

const common = { threat: "T9", places: ["host"] } satisfies Pick<Attack, "threat" | "places">;

interface Calls {
  readonly calls: ReadonlyArray<{ readonly tool: string; readonly parameters?: JsonObject }>;
  readonly rules?: CallRules;
  readonly allowed?: readonly string[];
  readonly onQuestion?: () => Promise<boolean>;
  /** What the manifest of the run lists; absent: everything. */
  readonly listed?: ListedCapabilities;
}

/** Calls a tool `ask` of the host, which asks a server, one call after the other; how often the server was asked. */
async function callsThatArrive(
  world: World,
  { calls, rules = {}, allowed = ["ask"], onQuestion, listed }: Calls,
) {
  const server = await world.server(() => ({ headers: { "content-type": "text/plain" } }));
  const action = { kind: "request", method: "GET", url: `${server.url}/ask` } as const;
  const hostTools: HostToolsOptions = { tools: { ask: { ...rules, action } }, allowed };
  const wire = await TakenWire.greeted(world, {
    hostTools,
    ...(onQuestion && { onQuestion }),
    ...(listed && { listed }),
  });
  for (const [index, { tool, parameters = {} }] of calls.entries()) {
    await wire.say(request(index + 1, "host.call", { tool, by: "procedure", arguments: parameters }));
    await wire.replied(index + 1);
  }
  return server.hits.length;
}

export const attacks: readonly Attack[] = [
  {
    ...common,
    id: "broker-tool-beyond-the-manifest",
    title: "a sandbox that is taken over calls a tool that the config allows and the procedure never names",
    success: "it acts",
    control: manifestGate,
    attempt: async (world) => {
      const arrived = await callsThatArrive(world, { calls: [{ tool: "ask" }], listed: async () => [] });
      return outcome(arrived > 0, `${arrived} calls arrived`);
    },
  },
  {
    ...common,
    id: "broker-tool-that-is-not-allowed",
    title: "calls a tool of the host that is declared, and that no config allows",
    success: "it acts",
    control: allowedTools,
    attempt: async (world) => {
      const arrived = await callsThatArrive(world, { calls: [{ tool: "ask" }], allowed: [] });
      return outcome(arrived > 0, `${arrived} calls arrived`);
    },
  },
  {
    ...common,
    id: "broker-names-that-look-alike",
    title:
      "calls a tool by names that a loose comparison takes for its own, to get around rules for the name",
    success: "it acts under one of them",
    control: exactNames,
    attempt: async (world) => {
      const names = ["ASK", " ask", "ask\u0000", "a\u200Bsk", "\uFF41sk", "ask ", "../ask"];
      const arrived = await callsThatArrive(world, { calls: names.map((tool) => ({ tool })) });
      return outcome(arrived > 0, `${arrived} of ${names.length} calls arrived`);
    },
  },
  {
    ...common,
    id: "broker-arguments-beyond-their-schema",
    title: "calls a tool with arguments of other types, and with some that it does not declare",
    success: "it acts",
    control: checkedArguments,
    attempt: async (world) => {
      const schema = {
        type: "object",
        properties: { count: { type: "integer", maximum: 3 } },
        required: ["count"],
        additionalProperties: false,
      };
      const wrong = [
        {},
        { count: "1; rm -rf /" },
        { count: 1e9 },
        { count: [1] },
        { count: 1, path: "/etc/passwd" },
      ];
      const arrived = await callsThatArrive(world, {
        calls: wrong.map((parameters) => ({ tool: "ask", parameters })),
        rules: { description: "Asks.", parameters: schema },
      });
      return outcome(arrived > 0, `${arrived} of ${wrong.length} calls arrived`);
    },
  },
  {
    ...common,
    id: "broker-huge-arguments",
    title: "calls a tool with arguments of a megabyte",
    success: "it acts",
    control: boundedArguments,
    attempt: async (world) => {
      const parameters = { text: "x".repeat(1024 * 1024) };
      const arrived = await callsThatArrive(world, { calls: [{ tool: "ask", parameters }] });
      return outcome(arrived > 0, `${arrived} calls arrived`);
    },
  },
  {
    ...common,
    id: "broker-leave-used-twice",
    threat: "T10",
    title: "a person allows one call of a tool, and says no to all others; it is called with other arguments",
    success: "it acts more than once",
    control: leaveForOneCall,
    attempt: async (world) => {
      let questions = 0;
      const arrived = await callsThatArrive(world, {
        calls: [{ tool: "ask" }, { tool: "ask", parameters: { everything: true } }],
        rules: { approval: "each" },
        onQuestion: async () => questions++ === 0,
      });
      return outcome(arrived > 1, `${arrived} calls arrived after one yes`);
    },
  },
];
