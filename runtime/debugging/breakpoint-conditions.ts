import { parseHitCondition } from "./hit-condition.ts";
import type { InspectionDesk, Place } from "./inspection-desk.ts";

/** A condition and how often it counts. */
interface Conditional {
  readonly condition?: string | undefined;
  readonly hitCondition?: string | undefined;
}

/** Breakpoints that stop; `text` says what could not be told of their conditions. */
export interface Hit {
  readonly breakpoints: readonly number[];
  readonly text?: string;
}

/** Decides which breakpoints stop, by their conditions and counts. */
export class BreakpointConditions {
  readonly #desk: Pick<InspectionDesk, "holds">;
  /** How often each was come to. */
  readonly #hits = new WeakMap<object, number>();

  constructor(desk: Pick<InspectionDesk, "holds">) {
    this.#desk = desk;
  }

  /** Undefined when none stops. */
  hit(breakpoints: ReadonlyArray<Conditional & { readonly id: number }>, place: Place): Hit | undefined {
    const texts: string[] = [];
    const hit = breakpoints.filter((breakpoint) => {
      const passes = this.passes(breakpoint, place);
      if (typeof passes === "string") texts.push(passes);
      return passes !== false;
    });
    if (hit.length === 0) return undefined;
    return { breakpoints: hit.map(({ id }) => id), ...(texts.length > 0 && { text: texts.join("\n") }) };
  }

  /** A text says why it can't be told: then the run stops, so that somebody sees it. */
  passes(breakpoint: Conditional, place: Place): boolean | string {
    const { condition, hitCondition } = breakpoint;
    const holds = condition ? this.#desk.holds(condition, place) : true;
    if (holds !== true || !hitCondition) return holds;
    const counts = parseHitCondition(hitCondition);
    if (!counts) return `'${hitCondition}' is no hit count; write 5, >= 5 or % 5.`;
    const hits = (this.#hits.get(breakpoint) ?? 0) + 1;
    this.#hits.set(breakpoint, hits);
    return counts(hits);
  }
}
