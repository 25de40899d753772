import { expect, test } from "vitest";
import { compareManifests } from "#language/manifest/compare-manifests.ts";
import type { Manifest } from "#language/manifest/manifest.ts";
import type { ManifestEntry } from "#protocol/reports/manifest-report.ts";

const entry = (change: Partial<ManifestEntry>): ManifestEntry => ({
  capability: "tool.lua",
  target: "search",
  trust: "sandboxed",
  origin: { file: "a.tac", line: 3 },
  detail: "offers the tool search to the agent reader",
  agent: "reader",
  ...change,
});
const manifest = (...entries: ManifestEntry[]): Manifest => ({ file: "a.tac", entries });

const nothing = { added: [], removed: [], changed: [] };

test.for<[string, Manifest | undefined, Manifest | undefined, object]>([
  ["the same", manifest(entry({})), manifest(entry({})), nothing],
  ["another line", manifest(entry({})), manifest(entry({ origin: { file: "a.tac", line: 9 } })), nothing],
  ["a new file", undefined, manifest(entry({})), { ...nothing, added: [entry({})] }],
  ["a deleted file", manifest(entry({})), undefined, { ...nothing, removed: [entry({})] }],
  [
    "another target",
    manifest(entry({})),
    manifest(entry({ target: "delete" })),
    { ...nothing, added: [entry({ target: "delete" })], removed: [entry({})] },
  ],
  [
    "the same tool for another agent",
    manifest(entry({})),
    manifest(entry({}), entry({ agent: "writer" })),
    { ...nothing, added: [entry({ agent: "writer" })] },
  ],
  [
    "one more turn of the same agent",
    manifest(entry({ turn: true })),
    manifest(entry({ turn: true }), entry({ turn: true, origin: { file: "a.tac", line: 9 } })),
    { ...nothing, added: [entry({ turn: true, origin: { file: "a.tac", line: 9 } })] },
  ],
  [
    "another value",
    manifest(entry({ capability: "limit", target: "time", value: 60 })),
    manifest(entry({ capability: "limit", target: "time", value: 3600 })),
    {
      ...nothing,
      changed: [
        {
          before: entry({ capability: "limit", target: "time", value: 60 }),
          after: entry({ capability: "limit", target: "time", value: 3600 }),
        },
      ],
    },
  ],
])("%s", ([, before, after, expected]) => {
  expect(compareManifests(before, after)).toEqual(expected);
});
