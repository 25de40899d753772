import type { ConfigPath } from "#language/sidecar/config-path.ts";
import {
  type ConfigRule,
  entriesAt,
  type RuleFinding,
  scalarAt,
  textAt,
} from "#language/sidecar/rules/config-rule.ts";
import { keyEntryAt } from "#language/sidecar/schema-words.ts";
import { parseSize } from "#language/sidecar/sizes.ts";
import type { YamlDocument } from "#language/sidecar/yaml-document.ts";

const gibibyte = 1024 ** 3;

/** More than this is no limit for one procedure. */
const mostMemory = 32 * gibibyte;
const mostCpus = 32;
/** More than this is refused by the schema. */
const possibleCpus = 1024;
const mostSpending = [
  ["cost", 1000, "US dollars"],
  ["tokens", 500_000_000, "tokens"],
  ["turns", 100_000, "requests to models"],
  ["tool_calls", 10_000_000, "tool calls"],
] as const;
const longestSeconds = 3600;

/** Limits that are left out, or so high or low that they make no sense. */
export const limits: ConfigRule = function* ({ document }) {
  const path = ["sandbox", "limits"];
  const memory = textAt(document, [...path, "memory"]);
  if (memory && (parseSize(memory.text) ?? 0) > mostMemory)
    yield absurd(memory.node, `A procedure with ${memory.text} of memory is not limited: the machine is.`);
  const cpus = scalarAt(document, [...path, "cpus"]);
  if (cpus && Number(cpus.value) > mostCpus && Number(cpus.value) <= possibleCpus)
    yield absurd(cpus, `A procedure with ${cpus.value} processors is not limited: the machine is.`);
  yield* missingLimits(document, path);
  yield* spending(document);
};

/** What a run may spend, where that bounds nothing that anybody would want. */
function* spending(document: YamlDocument): Generator<RuleFinding> {
  for (const [key, most, what] of mostSpending) {
    const node = scalarAt(document, ["limits", key]);
    if (typeof node?.value === "number" && node.value > most)
      yield absurd(node, `${node.value} ${what} are no limit for one run.`);
  }
}

/** Only where `limits` stands: who writes it may think that it limits everything. */
function* missingLimits(document: YamlDocument, path: ConfigPath): Generator<RuleFinding> {
  const node = document.nodeAt(path);
  if (node?.kind !== "mapping") return;
  const missing = ["memory", "cpus"].filter((name) => !node.entries.some((entry) => entry.name === name));
  if (missing.length === 0) return;
  const defaults = missing.map((name) => `${name} ${keyEntryAt([...path, name])?.default}`).join(", ");
  yield {
    ...document.keySpan(path),
    code: "config-limit-missing",
    message: `What is not limited here has its default: ${defaults}.`,
  };
}

/** Every timeout of a file. */
export const timeouts: ConfigRule = function* ({ document }) {
  const paths: ConfigPath[] = [["sandbox", "timeout"]];
  for (const { name } of entriesAt(document, ["mcp_servers"]))
    paths.push(["mcp_servers", name, "timeout"], ["mcp_servers", name, "read_timeout"]);
  for (const { name } of entriesAt(document, ["host_tools", "tools"]))
    paths.push(["host_tools", "tools", name, "timeout"]);
  for (const path of paths) {
    const node = scalarAt(document, path);
    if (!node || typeof node.value !== "number") continue;
    if (node.value > longestSeconds)
      yield {
        ...node,
        code: "config-timeout-long",
        message: `${node.value} seconds are ${hours(node.value)} hours: something that hangs is noticed only then.`,
      };
    else if (node.value > 0 && node.value < 1)
      yield absurd(node, `${node.value} seconds are over before anything has started.`);
  }
};

function absurd(node: { readonly start: number; readonly end: number }, message: string): RuleFinding {
  return { start: node.start, end: node.end, code: "config-limit-absurd", message };
}

function hours(seconds: number): string {
  return (seconds / 3600).toFixed(1).replace(/\.0$/, "");
}
