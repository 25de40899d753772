import path from "node:path";
import type { Settings } from "../settings/settings.ts";
import type { SpecificationRequest } from "./specification-session.ts";

/** What decides how the specifications of a file run. */
export interface SpecificationCircumstances {
  /** Absolute path of the procedure. */
  readonly file: string;
  /** The workspace folder that holds it, when there is one. */
  readonly folder: string | undefined;
  readonly settings: Pick<Settings, "isolation">;
  readonly scenario?: string | undefined;
  /** What the person chose for this one run. */
  readonly isolation?: "embedded" | undefined;
}

/** The request for specifications. They work on a copy, and nothing is granted, in a trusted folder as in any other. */
export function specificationRequest(circumstances: SpecificationCircumstances): SpecificationRequest {
  const { file, folder, settings, scenario } = circumstances;
  const isolation = circumstances.isolation ?? settings.isolation;
  return {
    file,
    workspaceRoot: folder ?? path.dirname(file),
    ...(isolation && { isolation }),
    ...(scenario !== undefined && { scenario }),
  };
}
