import type { Json } from "#common/json.ts";
import { bounded, oneLine } from "#common/visible-text.ts";
import type { At } from "#protocol/events/events.ts";
import type { HumanAskParams } from "#protocol/wire/requests.ts";
import { jsonBlock } from "../screen/json-text.ts";

/** A question of a procedure to a person. Everything in it is data from the procedure. */
export type HumanQuestion = HumanAskParams & { readonly id: string; readonly at?: At | undefined };

/** One thing to choose, as it is shown and as it is answered. */
export interface Option {
  readonly label: string;
  readonly value: Json;
}

/** Who asks, in words that the procedure can't choose. */
export function askerOf({ at }: HumanQuestion, file: string): string {
  return at ? `${oneLine(at.file, 80)}, line ${at.line}, asks:` : `${oneLine(file, 80)} asks:`;
}

/** Everything that the question says, for a document: message, then each detail under its name. */
export function fullText(question: HumanQuestion, file: string): string {
  const details = Object.entries(question.details)
    .filter(([, value]) => !isEmpty(value))
    .map(([name, value]) => `${oneLine(name, 60)}:\n${jsonBlock(value, 1_000_000)}`);
  return [askerOf(question, file), bounded(question.message, 1_000_000), ...details].join("\n\n");
}

/** Options as a procedure gives them: texts, or tables with a label, a value or both. */
export function optionsOf(options: readonly Json[] | undefined): readonly Option[] {
  return (options ?? []).map((option) => {
    if (typeof option !== "object" || option === null || Array.isArray(option)) {
      return { label: String(option), value: option };
    }
    const { label, value } = option as { readonly label?: Json; readonly value?: Json };
    const shown = label ?? value ?? "";
    return {
      label: typeof shown === "string" ? shown : JSON.stringify(shown),
      value: value ?? label ?? null,
    };
  });
}

/** A detail that is a text. */
export function textDetail(question: HumanQuestion, name: string): string | undefined {
  const value = question.details[name];
  return typeof value === "string" ? value : undefined;
}

function isEmpty(value: Json): boolean {
  return value === null || value === "" || (typeof value === "object" && Object.keys(value).length === 0);
}
