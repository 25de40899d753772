import { obeyedReason, readProtection } from "./path-policy.ts";
import { looksLikeProgram } from "./programs.ts";

/** Why a change needs to be confirmed by the name of its file. */
export interface ChangeRisk {
  readonly kind: "obeyed" | "program" | "twin";
  readonly message: string;
}

const scriptName = /\.(sh|bash|zsh|fish|ksh|csh|so|dylib|node|jar|app)$/i;

/** Why programs of this machine would act on a file of this name; undefined when they would not. */
export function namesOfRisk(path: string): string | undefined {
  const reason = obeyedReason(path) ?? readProtection(path)?.replace(/\.$/, "");
  return reason && `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`;
}

/** What is risky about a change; undefined: it is an ordinary file. */
export function changeRisk(
  path: string,
  facts: {
    readonly proposed: Uint8Array | undefined;
    /** The folder's file is a program that may be started. */
    readonly isProgram: boolean;
    /** Another file of the folder that some systems take for this one. */
    readonly twin: string | undefined;
  },
): ChangeRisk | undefined {
  const obeyed = namesOfRisk(path);
  if (obeyed) return { kind: "obeyed", message: obeyed };
  if (facts.isProgram)
    return { kind: "program", message: "It replaces a program that this machine can start." };
  if (scriptName.test(path) || (facts.proposed && looksLikeProgram(facts.proposed))) {
    return { kind: "program", message: "It is a program." };
  }
  if (facts.twin === undefined) return undefined;
  return { kind: "twin", message: `Some systems take it for the file that is there: ${facts.twin}` };
}
