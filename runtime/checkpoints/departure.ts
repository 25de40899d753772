import type { At, RunFailure } from "#protocol/events/events.ts";
import type { RecordedEntry } from "#protocol/wire/recorded.ts";

/** What a run does next, in the words of its journal. */
export interface Deed {
  /** Kind of a checkpoint, or the method of a request. */
  readonly kind: string;
  readonly name?: string | undefined;
  readonly at?: At | undefined;
}

/** The journal's entry in the same words. */
export function deedOf(entry: RecordedEntry): Deed {
  const { name, at } = entry;
  return { kind: entry.kind === "request" ? entry.method : entry.step, name, at };
}

/**
 * Explains that a procedure no longer does what its journal tells: what stands there, what it does instead (undefined:
 * it ends), and what can be done about it.
 */
export function departure(recorded: Deed, found: Deed | undefined): RunFailure {
  const told = describe(recorded);
  const place = found?.at ?? recorded.at;
  return {
    code: "source-changed",
    message:
      `The procedure is not the one that this run began with: the journal has ${told}, ${difference(recorded, found)}. ` +
      "Undo the change up to there and resume again, or start a new run. What comes after the last checkpoint may be changed freely.",
    ...place,
  };
}

function difference(recorded: Deed, found: Deed | undefined): string {
  if (!found) return "and now it ends before that";
  const same = found.kind === recorded.kind && found.name === recorded.name;
  if (!same) return `and now there is ${describe(found)}`;
  return `and now the same is done with something else${found.at ? ` (${found.at.file}:${found.at.line})` : ""}`;
}

const words: Readonly<Record<string, string>> = {
  "model.generate": "a request to the model of agent",
  "host.call": "a call of the host tool",
  "human.ask": "a question to a person:",
  "file.read": "reading the file",
  "file.write": "writing the file",
  "file.status": "looking for the file",
  "file.list": "listing the folder",
  "plugin.list": "asking for the plugin tools",
  "plugin.call": "a call of the plugin tool",
  step: "the step",
  turn: "a turn of agent",
  human: "an answer of a person:",
  procedure: "a call of procedure",
  tool: "a call of the tool",
  host: "a call of the host tool",
};

function describe({ kind, name, at }: Deed): string {
  const what = Object.hasOwn(words, kind) ? words[kind] : `'${kind}'`;
  const named = name === undefined ? "" : ` '${name}'`;
  return `${what}${named}${at ? ` (${at.file}:${at.line})` : ""}`;
}
