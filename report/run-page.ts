import { gzipSync } from "node:zlib";
import type { RunEvent } from "#protocol/events/events.ts";
import type { PageFile, RunPage } from "#protocol/page/page-data.ts";
import { runFolder } from "#runs/journal/journal-folder.ts";
import { readJournal } from "#runs/journal/journal-reader.ts";
import { isClaimed } from "#runs/journal/run-claim.ts";
import { type ProposedChange, runChanges } from "#runs/session/run-changes.ts";
import { readRunSources } from "#runs/session/run-sources.ts";
import { cutTexts } from "./cut-texts.ts";
import { filesThatFit, textOf, withoutTexts } from "./page-files.ts";

/** Packed bytes for the events of a run, and the longest text in one. */
const mostPackedBytes = 550_000;
const longestText = 20_000;

/** Everything that a page shows of a run: its events, its sources as they are now, what it would change. Throws when there is no journal. */
export async function readRunPage(workspaceRoot: string, run: string): Promise<RunPage> {
  const folder = runFolder(workspaceRoot, run);
  const { events } = await readJournal(folder);
  const shown = eventsThatFit(events);
  const lastPart = events.findLast(({ type }) => type === "run.started" || type === "run.finished");
  return {
    kind: "run",
    written: new Date().toISOString(),
    run,
    events: shown,
    eventsLeftOut: events.length - shown.length,
    interrupted: lastPart?.type !== "run.finished" && !isClaimed(folder),
    sides: { before: "Before the run", after: "After the run" },
    files: filesThatFit(await filesOf(workspaceRoot, run, events)),
  };
}

/** The first events, as many as there is room for. */
function eventsThatFit(events: readonly RunEvent[]): readonly RunEvent[] {
  const shown: RunEvent[] = [];
  let room = mostPackedBytes;
  for (let first = 0; first < events.length; first += 200) {
    const some = events.slice(first, first + 200).map((event) => cutTexts(event, longestText));
    room -= gzipSync(JSON.stringify(some)).length;
    if (room < 0) break;
    shown.push(...some);
  }
  return shown;
}

/** What the run would change stands before its sources: it is what is to be decided about. */
async function filesOf(workspaceRoot: string, run: string, events: readonly RunEvent[]): Promise<PageFile[]> {
  const start = events.find((event) => event.type === "run.started");
  const changes = await runChanges(workspaceRoot, run);
  const changed = changes.ok ? (await changes.value.list()).map(changedFile) : [];
  const sources = start ? await readRunSources(workspaceRoot, start.file) : [];
  const known = new Set(changed.map(({ path }) => path));
  return [
    ...changed,
    ...sources
      .filter(({ file }) => !known.has(file))
      .map(({ file, source }): PageFile => ({ path: file, status: "unchanged", after: source })),
  ];
}

const statuses = { created: "added", modified: "modified", deleted: "deleted" } as const;

function changedFile({ path, kind, base, current, proposed, secret }: ProposedChange): PageFile {
  const file = { path, status: statuses[kind] };
  if (secret) return withoutTexts(file, "What is there looks like a secret.");
  const before = sideOf(kind === "created" ? undefined : (base ?? current));
  const after = sideOf(proposed);
  const leftOut = before.leftOut ?? after.leftOut;
  if (leftOut !== undefined) return withoutTexts(file, leftOut);
  return {
    ...file,
    ...(before.text !== undefined && { before: before.text }),
    ...(after.text !== undefined && { after: after.text }),
  };
}

/** One side of a file; neither is there when there is no file. */
function sideOf(bytes: Uint8Array | undefined): { readonly text?: string; readonly leftOut?: string } {
  return bytes ? textOf(bytes) : {};
}
