/** What `sandbox doctor --self-test` asks of the probes inside, and what they answer: one JSON text a line. */

/** The first line that goes in. */
export interface ProbeOrder {
  /**
   * `process`: what the process itself may do. `container`: the same by a program that Node's permission model does not
   * hold, so that the container alone stops it. `memory`: takes memory until it is ended.
   */
  readonly work: "process" | "container" | "memory";
  /** A port of this machine where somebody listens, and a file of this machine that only its owner should see. */
  readonly canary: { readonly port: number; readonly file: string };
}

/** One attempt. */
export interface ProbeResult {
  readonly control: string;
  /** What was tried, for people. */
  readonly tried: string;
  readonly held: boolean;
  /** What stopped it, or what was found. */
  readonly found: string;
}
