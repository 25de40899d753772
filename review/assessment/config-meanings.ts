import { isSameJson, type Json } from "#common/json.ts";
import { askedWords } from "#language/sidecar/asked-words.ts";
import { valueAt } from "#language/sidecar/config-path.ts";
import { hiddenValue } from "#language/sidecar/hidden-value.ts";
import type { Decision } from "#language/sidecar/layers.ts";
import type { Meaning, ReviewRisk } from "#protocol/reports/review-report.ts";

/** One thing that a config file asks for, as two versions of it are compared. */
interface Wish {
  readonly decision: Decision;
  readonly words: string;
  readonly value: Json;
  readonly place: NonNullable<Meaning["head"]>;
}

/** What a changed sidecar or config asks for that it did not, and what it no longer asks for, in words. */
export function configMeanings(before: readonly Decision[], after: readonly Decision[]): Meaning[] {
  const old = byIdentity(before);
  const current = byIdentity(after);
  const added = [...current].flatMap(([key, wish]) => {
    const known = old.get(key);
    if (!known) return [newWish(wish)];
    return isSameJson(known.value, wish.value) ? [] : [changedWish(known, wish)];
  });
  return [...added, ...[...old].flatMap(([key, wish]) => (current.has(key) ? [] : [droppedWish(wish)]))];
}

function newWish(wish: Wish): Meaning {
  return { ...about(wish), risk: riskOf(wish), message: `now ${wish.words}`, head: wish.place };
}

function changedWish(before: Wish, after: Wish): Meaning {
  const [old, current] = [before.decision.setting.amount?.value, after.decision.setting.amount?.value];
  const isRaised = old !== undefined && current !== undefined && current > old;
  return {
    ...about(after),
    risk: isRaised && riskOf(after) === "none" ? "low" : riskOf(after),
    message: `now ${after.words}; before, it ${before.words}`,
    base: before.place,
    head: after.place,
  };
}

/** Taking back what tightened loosens; taking back what widened does not. */
function droppedWish(wish: Wish): Meaning {
  const { needs, written } = wish.decision;
  const loosened = needs === "free" && tightening.has(written.capability);
  return {
    ...about(wish),
    risk: loosened ? "high" : "none",
    message: `no longer ${wish.words}`,
    base: wish.place,
  };
}

const tightening: ReadonlySet<string> = new Set(["limit", "network", "isolation", "mount", "tool.mcp"]);

/** What anybody may ask for only tightens, or names what the procedure could name itself. */
function riskOf({ decision: { needs, written } }: Wish): ReviewRisk {
  if (needs !== "free") return "high";
  return tightening.has(written.capability) ? "none" : "low";
}

const topics: Readonly<Record<string, Meaning["topic"]>> = {
  mount: "files",
  network: "network",
  env: "environment",
  limit: "limits",
  model: "model",
  "tool.mcp": "tools",
  "tool.plugin": "tools",
  "tool.host": "tools",
  command: "commands",
};

function about({ decision: { written } }: Wish): Pick<Meaning, "topic"> {
  return { topic: topics[written.capability] ?? "trust" };
}

/** Items of lists are told apart by what they name: another place in the list is no change. */
function byIdentity(decisions: readonly Decision[]): ReadonlyMap<string, Wish> {
  const wishes = decisions.map((decision): [string, Wish] => {
    const { path, target } = decision.written;
    const isItem = typeof path.at(-1) === "number";
    return [JSON.stringify(isItem ? [path.slice(0, -1), target] : path), wishOf(decision)];
  });
  return new Map(wishes);
}

function wishOf(decision: Decision): Wish {
  const { written, layer, needs } = decision;
  const { path, capability, target } = written;
  const value = hiddenValue(path, valueAt(layer.read.config, path));
  const words =
    needs === "free"
      ? `sets ${path.join(".")} to ${JSON.stringify(value)}`
      : askedWords({ path, capability, target, value });
  return { decision, words, value, place: { file: layer.read.file, line: layer.read.lineOf(path) } };
}
