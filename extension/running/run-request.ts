import path from "node:path";
import type { RunRequest } from "#runs/session/session.ts";
import type { InputValues } from "../input-form/input-form.ts";
import type { Settings } from "../settings/settings.ts";

/** What decides how a file runs. */
export interface RunCircumstances {
  /** Absolute path of the procedure. */
  readonly file: string;
  /** The workspace folder that holds it, when there is one. */
  readonly folder: string | undefined;
  readonly trusted: boolean;
  readonly settings: Pick<Settings, "isolation" | "workspace">;
  readonly input: InputValues;
  /** The procedure whose button was pressed; absent: the file's entry point. */
  readonly procedure?: string | undefined;
}

/**
 * The request of a run. In a folder that is not trusted it never works on the folder itself, and nothing that was granted
 * counts.
 */
export function runRequest({
  file,
  folder,
  trusted,
  settings,
  input,
  procedure,
}: RunCircumstances): RunRequest {
  const { isolation, workspace } = settings;
  return {
    file,
    workspaceRoot: folder ?? path.dirname(file),
    input,
    textInput: {},
    mock: false,
    grantAll: false,
    ...(procedure !== undefined && { procedure }),
    folderTrust: trusted ? "trusted" : "restricted",
    ...(isolation && { isolation }),
    ...(workspace && { workspace }),
  };
}
