import type { DebugProtocol } from "@vscode/debugprotocol";
import type { JsonObject } from "#common/json.ts";
import type { References } from "../values/container.ts";
import { jsonContainer } from "../values/json-values.ts";
import { type Picture, pictureNow } from "./picture.ts";
import type { RunRecord } from "./run-record.ts";

/** A group of recorded values. `path`: the expression that leads to it. */
export function recordScope(
  name: string,
  values: JsonObject,
  references: References,
  path?: string,
): readonly DebugProtocol.Scope[] {
  const named = Object.keys(values).length;
  if (named === 0) return [];
  const variablesReference = references.add(jsonContainer(values, references, path));
  return [{ name, variablesReference, namedVariables: named, expensive: false }];
}

/** What the record knows of a run that stands, beside what its sandbox shows. */
export function presentScopes(record: RunRecord, references: References): readonly DebugProtocol.Scope[] {
  const picture = pictureNow(record);
  return picture ? conversationScopes(picture, references) : [];
}

/** Agents' turns with their messages, tokens and cost. */
export function conversationScopes(picture: Picture, references: References): readonly DebugProtocol.Scope[] {
  return [
    ...recordScope("Turns", turnValues(picture), references, "turns"),
    ...recordScope("Spending", spendingOf(picture), references),
  ];
}

/** Turns by their number and agent. */
export function turnValues({ turns }: Picture): JsonObject {
  return Object.fromEntries(
    turns.map(({ started, finished, calls }) => [
      `${started.turn} ${started.agent}`,
      {
        model: started.model,
        tools: started.tools,
        calls: calls.map(({ called, returned }) => ({
          tool: called.tool,
          arguments: called.arguments,
          ...(returned?.result !== undefined && { result: returned.result }),
          ...(returned?.error && { error: { ...returned.error } }),
        })),
        ...(finished && finishedValues(finished)),
      },
    ]),
  );
}

function finishedValues({
  output,
  error,
  usage,
  cost,
}: NonNullable<Picture["turns"][number]["finished"]>): JsonObject {
  return {
    output: output ?? null,
    ...(error && { error: { ...error } }),
    usage: { ...usage },
    ...(cost !== undefined && { cost }),
  };
}

function spendingOf({ usage, cost }: Picture): JsonObject {
  return usage.totalTokens === 0 && cost === 0 ? {} : { ...usage, cost };
}
