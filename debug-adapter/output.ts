import type { DebugProtocol } from "@vscode/debugprotocol";
import type { RunEvent } from "#protocol/events/events.ts";
import type { Sources } from "./sources.ts";
import { preview } from "./values/json-values.ts";

type Output = DebugProtocol.OutputEvent["body"];

const categories = { debug: "console", info: "console", warn: "stderr", error: "stderr" } as const;

/** What the debug console shows of an event; undefined for what other views show. */
export function outputOf(event: RunEvent, sources: Sources): Output | undefined {
  if (event.type === "output") return { category: event.stream, output: event.text };
  if (event.type === "turn.delta") return { category: "stdout", output: event.text };
  if (event.type === "tool.denied")
    return { category: "important", output: `${event.tool} was refused: ${event.reason}\n` };
  if (event.type === "limit.hit")
    return { category: "important", output: `The limit of ${event.limit} was reached (${event.value}).\n` };
  if (event.type === "log") return logOutput(event, sources);
  return event.type === "run.finished" ? endOutput(event, sources) : undefined;
}

function logOutput(event: Extract<RunEvent, { type: "log" }>, sources: Sources): Output {
  const data = event.data === undefined ? "" : ` ${preview(event.data)}`;
  return {
    category: categories[event.level],
    output: `${event.message}${data}\n`,
    ...placed(event.at, sources),
  };
}

function endOutput(
  { error, result, status }: Extract<RunEvent, { type: "run.finished" }>,
  sources: Sources,
): Output {
  if (!error)
    return {
      category: "console",
      output: `${status}${result === undefined ? "" : `: ${preview(result)}`}\n`,
    };
  const { message, file, line } = error;
  const at = file !== undefined && line !== undefined ? { file, line } : undefined;
  return { category: "stderr", output: `${error.code}: ${message}\n`, ...placed(at, sources) };
}

/** What a log point says. */
export function loggedOutput(
  {
    text,
    at,
  }: { readonly text: string; readonly at?: { readonly file: string; readonly line: number } | undefined },
  sources: Sources,
): Output {
  return { category: "console", output: `${text}\n`, ...placed(at, sources) };
}

function placed(
  at: { readonly file: string; readonly line: number } | undefined,
  sources: Sources,
): Pick<Output, "source" | "line"> {
  const source = at && sources.source(at.file);
  return source && at ? { source, line: at.line } : {};
}
