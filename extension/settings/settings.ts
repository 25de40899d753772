import * as vscode from "vscode";
import type { RunRequest } from "#runs/session/session.ts";
import { ownValue } from "./own-value.ts";

/** The settings of the extension, read when they are needed. */
export interface Settings {
  /** Undefined: as the person's config says, else docker. */
  readonly isolation: RunRequest["isolation"];
  /** Undefined: as the config says, else copy. */
  readonly workspace: RunRequest["workspace"];
  /** Empty: found by the extension. */
  readonly nodePath: string;
  /** Empty: found by the engine's client. */
  readonly dockerHost: string;
  /** How many containers wait for the next run. */
  readonly sandboxPool: number;
  readonly listedRuns: number;
}

export function readSettings(scope?: vscode.Uri): Settings {
  const settings = vscode.workspace.getConfiguration("tactus", scope);
  const own = (name: string): unknown => ownValue(settings.inspect(name));
  return {
    isolation: oneOf(own("isolation"), ["docker", "embedded"]),
    workspace: oneOf(own("workspace"), ["mount", "copy", "none"]),
    nodePath: textOf(own("nodePath")),
    dockerHost: textOf(own("dockerHost")),
    sandboxPool: poolSize(own("sandboxPool")),
    listedRuns: settings.get("runs.listed", 50),
  };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function poolSize(value: unknown): number {
  return typeof value === "number" ? Math.min(Math.max(value, 0), 2) : 1;
}

/** A setting is whatever stands in a file: anything but a known word counts as not set. */
function oneOf<Word extends string>(value: unknown, words: readonly Word[]): Word | undefined {
  return words.find((word) => word === value);
}
