import { nothingSpent, type Spent } from "#broker/spending/spending-limits.ts";
import type { RunEvent } from "#protocol/events/events.ts";

/** What the events of a run say that it spent; a run that is resumed goes on from there. */
export function spentBefore(events: Iterable<RunEvent>): Spent {
  let spent = nothingSpent;
  for (const event of events) {
    if (event.type === "tool.called") spent = { ...spent, toolCalls: spent.toolCalls + 1 };
    if (event.type !== "spending") continue;
    spent = { ...spent, turns: event.turns, usage: event.usage, cost: event.cost ?? 0 };
  }
  return spent;
}
