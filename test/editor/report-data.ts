import type { RunEvent, RunEventBody } from "#protocol/events/events.ts";
import { noUsage } from "#protocol/events/events.ts";
import type { PageFile, ReviewPage, RunPage } from "#protocol/page/page-data.ts";
import type { ManifestEntry } from "#protocol/reports/manifest-report.ts";

/** A text that would be an element, leave an attribute, or end a script, if anything read it as markup. */
export const hostile = `"'><img src=x onerror="window.owned=1"></script><script>window.owned=1</script>{{connect}}`;

const desk = `local prices = require("lib.prices")
look = Tool { description = "Looks", function(args) return prices.of(args) end }
clerk = Agent { provider = "openai", system_prompt = "You answer.", tools = { look } }
misspelled()
Procedure { function(input) return { reply = clerk("x") } end }
`;

const prices = `local prices = {}
function prices.of(args)
  return 7
end
return prices
`;

export const files: readonly PageFile[] = [
  {
    path: "desk.tac",
    status: "modified",
    before: desk.replace("misspelled()\n", "").replace("You answer.", "You answer briefly."),
    after: desk,
  },
  { path: "lib/prices.tac", status: "unchanged", after: prices },
  { path: `lib/${hostile}.tac`, status: "added", after: `-- ${hostile}\n` },
  { path: "logo.png", status: "added", leftOut: "12 bytes that are no text." },
];

const bodies: readonly RunEventBody[] = [
  {
    type: "run.started",
    run: "r1",
    file: "desk.tac",
    procedure: "main",
    input: { order: hostile },
    isolation: "docker",
    manifest: "x",
    ungranted: [],
    resumed: false,
  },
  { type: "turn.started", turn: 1, agent: hostile, model: "m", tools: [], at: { file: "desk.tac", line: 5 } },
  {
    type: "tool.called",
    call: 1,
    tool: "look",
    zone: "lua",
    arguments: { text: hostile },
    by: "agent",
    turn: 1,
    at: { file: "desk.tac", line: 2 },
  },
  {
    type: "tool.returned",
    call: 1,
    tool: "look",
    zone: "lua",
    arguments: { text: hostile },
    by: "agent",
    turn: 1,
    result: 7,
    durationMs: 20,
  },
  {
    type: "turn.finished",
    turn: 1,
    agent: hostile,
    model: "m",
    tools: [],
    output: hostile,
    usage: noUsage,
    durationMs: 40,
  },
  { type: "tool.denied", tool: "git.log", zone: "host", reason: "It is not allowed." },
];

const finished: RunEventBody = {
  type: "run.finished",
  status: "completed",
  result: { reply: hostile },
  durationMs: 90,
  usage: noUsage,
};

function numbered(events: readonly RunEventBody[]): RunEvent[] {
  return events.map((body, index) => ({
    seq: index + 1,
    time: new Date(Date.UTC(2026, 0, 2, 3, 4, 5, index * 10)).toISOString(),
    ...body,
  }));
}

/** The events of a run, its end included. */
export const runEvents: readonly RunEvent[] = numbered([...bodies, finished]);

const written = "2026-01-02T03:04:05.000Z";

export const runData: RunPage = {
  kind: "run",
  written,
  run: "r1",
  events: runEvents,
  eventsLeftOut: 0,
  interrupted: false,
  sides: { before: "Before the run", after: "After the run" },
  files,
};

const entry: ManifestEntry = {
  capability: "file.read",
  target: hostile,
  trust: "sandboxed",
  origin: { file: "desk.tac", line: 2 },
  detail: hostile,
};

export const reviewData: ReviewPage = {
  kind: "review",
  written,
  sides: { before: "Base", after: "Head" },
  files,
  report: {
    base: "a".repeat(40),
    head: "b".repeat(40),
    risk: "high",
    reasons: [`It reads ${hostile}.`],
    files: [
      {
        file: "desk.tac",
        status: "modified",
        kind: "procedure",
        trusted: false,
        added: [entry],
        removed: [{ ...entry, capability: "network", target: "example.org" }],
        changed: [
          { before: { ...entry, capability: "model", target: "old" }, after: { ...entry, target: "new" } },
        ],
        meanings: [
          {
            topic: "prompt",
            risk: "low",
            subject: "clerk",
            message: "has another system prompt",
            base: { file: "desk.tac", line: 3 },
            head: { file: "desk.tac", line: 3 },
          },
        ],
        diagnostics: [
          {
            file: "desk.tac",
            range: { start: { line: 3, character: 0 }, end: { line: 3, character: 10 } },
            severity: "error",
            code: "undefined-global",
            source: "tactus",
            message: hostile,
          },
        ],
      },
    ],
  },
};
