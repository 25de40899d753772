import * as vscode from "vscode";
import type { RunRequest } from "#runs/session/session.ts";

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
  return {
    isolation: oneOf(settings.get("isolation"), ["docker", "embedded"]),
    workspace: oneOf(settings.get("workspace"), ["mount", "copy", "none"]),
    nodePath: settings.get("nodePath", ""),
    dockerHost: settings.get("dockerHost", ""),
    sandboxPool: Math.min(Math.max(settings.get("sandboxPool", 1), 0), 2),
    listedRuns: settings.get("runs.listed", 50),
  };
}

/** A setting is whatever stands in a file: anything but a known word counts as not set. */
function oneOf<Word extends string>(value: unknown, words: readonly Word[]): Word | undefined {
  return words.find((word) => word === value);
}
