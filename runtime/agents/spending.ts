import { addUsage, noUsage, type Usage } from "#protocol/events/usage.ts";

/** Tokens and US dollars of a request, a turn or an agent; no cost while no price is known. */
export class Spending {
  usage: Usage = noUsage;
  cost: number | undefined;

  add({ usage, cost }: { readonly usage: Usage; readonly cost?: number | undefined }): void {
    this.usage = addUsage(this.usage, usage);
    if (cost !== undefined) this.cost = (this.cost ?? 0) + cost;
  }

  /** As events and results carry it. */
  fields(): { readonly usage: Usage; readonly cost?: number } {
    return { usage: this.usage, ...(this.cost === undefined ? {} : { cost: this.cost }) };
  }
}
