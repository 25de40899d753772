import { expect } from "vitest";
import { eventsIn } from "#test/support/interrupted-run.ts";
import { type ModelReply, startModelServer } from "#test/support/model-server.ts";
import type { Fault } from "../fault.ts";
import { type Scene, stateOf } from "../world/scene.ts";

/** A step, an effect, a turn with a tool, and what the turn said. */
const asking = `
note = Tool { input = { text = field.string{required = true} }, function(args)
  Host.call("effect", { name = "note" })
  return args.text
end }
clerk = Agent { provider = "local", model = "m", system_prompt = "s", tools = { note }, request_timeout = 1.5 }
Procedure { function()
  Step.checkpoint(function() return 1 end)
  Host.call("effect", { name = "before" })
  return clerk("one").output
end }`;

interface Lie {
  readonly id: string;
  readonly title: string;
  /** What the provider does to the first requests, in this order. */
  readonly replies: readonly ModelReply[];
  /** How the run ends. */
  readonly ends: string;
}

const note = (id: string, text: string) => ({ name: "note", arguments: { text }, id });

const failures: readonly Lie[] = [
  {
    id: "silent",
    title: "takes the request and says nothing",
    replies: [{ kind: "silent" }],
    ends: "model-timeout",
  },
  {
    id: "stalls",
    title: "stops in the middle of its answer",
    replies: [{ kind: "answer", text: "Hel", ending: "stall" }],
    ends: "model-timeout",
  },
  {
    id: "cuts",
    title: "cuts the connection in the middle of its answer",
    replies: [{ kind: "answer", text: "Hel", ending: "cut" }],
    ends: "model-failed",
  },
  {
    id: "ends-early",
    title: "ends its answer without its end",
    replies: [{ kind: "answer", text: "Hel", ending: "early" }],
    ends: "model-failed",
  },
  { id: "garbage", title: "answers what is no JSON", replies: [{ kind: "garbage" }], ends: "model-failed" },
  { id: "page", title: "answers with a web page", replies: [{ kind: "page" }], ends: "model-failed" },
  {
    id: "endless",
    title: "answers without an end",
    replies: [{ kind: "endless", characters: 65_536 }],
    ends: "model-failed",
  },
  {
    id: "refuses",
    title: "fails again and again",
    replies: [{ kind: "status", status: 500, headers: { "retry-after-ms": "1" } }],
    ends: "model-failed",
  },
  {
    id: "malformed-call",
    title: "calls a tool with arguments that are no JSON",
    replies: [{ kind: "answer", toolCalls: [{ name: "note", arguments: '{"text": ' }] }],
    ends: "model-failed",
  },
];

const lies: readonly (Lie & { readonly tokens: number })[] = [
  {
    id: "negative-usage",
    title: "reports that an answer gave tokens back",
    replies: [{ kind: "answer", text: "fine", usage: { input: -1_000_000, output: -5 } }],
    ends: "completed",
    tokens: 0,
  },
  {
    id: "broken-usage",
    title: "reports halves of tokens and no number",
    replies: [{ kind: "answer", text: "fine", usage: { input: 1.5, output: Number.NaN } }],
    ends: "completed",
    tokens: 2,
  },
  {
    id: "same-ids",
    title: "gives two calls one id, then an empty one",
    replies: [
      { kind: "answer", toolCalls: [note("x", "a"), note("x", "b")] },
      { kind: "answer", toolCalls: [note("", "c")] },
    ],
    ends: "completed",
    tokens: 45,
  },
  {
    id: "unknown-tool",
    title: "calls a tool that was not offered",
    replies: [{ kind: "answer", toolCalls: [{ name: "delete_all", arguments: {} }] }],
    ends: "completed",
    tokens: 30,
  },
];

/** A run whose provider does something for a while; then it is an honest one. */
async function against(scene: Scene, replies: readonly ModelReply[], isHonestLater: () => boolean) {
  const honest: ModelReply = { kind: "answer", text: "fine" };
  const server = await startModelServer((_request, index) =>
    isHonestLater()
      ? honest
      : (replies[index] ??
        (replies.length > 1 || replies[0]?.kind === "answer" ? honest : (replies[0] ?? honest))),
  );
  const config = `providers: { local: { kind: openai-compatible, base_url: "${server.url}/v1" } }\n`;
  return { server, desk: scene.desk({ "a.tac": asking }, { config }) };
}

const embedded = ["--isolation", "embedded"];

/** Providers that stall, lie, cut and answer with garbage. */
export const faults: readonly Fault[] = [
  ...failures.map(
    ({ id, title, replies, ends }): Fault => ({
      id: `provider-${id}`,
      title: `the provider ${title}`,
      engine: false,
      reached: [`exit 1, failed ${ends}`, "resumed: exit 0, completed"],
      async meet(scene) {
        let isHonest = false;
        const { server, desk } = await against(scene, replies, () => isHonest);
        const ended = await desk.studio(["run", "a.tac", "--json", ...embedded]);
        isHonest = true;
        const first = eventsIn(ended.stdout);
        const started = first[0];
        const run = started?.type === "run.started" ? started.run : "";
        const resumed = await desk.studio(["runs", "resume", run, "--json"]);
        await server.dispose();
        scene.expectKept(desk, resumed.stdout, first);
        scene.checkLosses(() => {
          expect(scene.effects.effects.get("/before"), "the effect before the turn").toHaveLength(1);
          expect(eventsIn(resumed.stdout).at(-1), "the end").toMatchObject({ result: "fine" });
        });
        return [stateOf(ended), `resumed: ${stateOf(resumed)}`];
      },
    }),
  ),
  ...lies.map(
    ({ id, title, replies, ends, tokens }): Fault => ({
      id: `provider-${id}`,
      title: `the provider ${title}`,
      engine: false,
      reached: [`exit 0, ${ends}`, `${tokens} tokens`],
      async meet(scene) {
        const { server, desk } = await against(scene, replies, () => false);
        const ended = await desk.studio(["run", "a.tac", "--json", ...embedded]);
        await server.dispose();
        scene.expectKept(desk, ended.stdout);
        const last = eventsIn(ended.stdout).at(-1);
        const counted = last?.type === "run.finished" ? last.usage.totalTokens : undefined;
        return [stateOf(ended), `${counted} tokens`];
      },
    }),
  ),
];
