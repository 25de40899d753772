import { randomBytes } from "node:crypto";

/** Texts that must not get out, made anew for each attempt; none looks like a real key in the sources. */
export interface Canaries {
  /** In a file outside of the workspace. */
  readonly file: string;
  /** In the variable TACTUS_CANARY of the host. */
  readonly variable: string;
  /** In OPENAI_API_KEY of the host. */
  readonly apiKey: string;
}

export const canaryVariable = "TACTUS_CANARY";

export function newCanaries(): Canaries {
  return {
    file: `CANARY-FILE-${randomText()}`,
    variable: `CANARY-VARIABLE-${randomText()}`,
    apiKey: ["sk", "canary", randomText()].join("-"),
  };
}

/** A text that a procedure must put together itself, so that an echo of its source does not count. */
export interface Marker {
  readonly text: string;
  /** A Lua expression that gives it. */
  readonly lua: string;
}

export function newMarker(): Marker {
  const text = randomText();
  return { text, lua: `("${text.slice(0, 6)}" .. "${text.slice(6)}")` };
}

function randomText(): string {
  return randomBytes(8).toString("hex");
}
