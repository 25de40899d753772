import { declarations as declarationEntries } from "./declarations.ts";
import type { Entry } from "./entries.ts";
import { evaluatorBuilders as evaluatorEntries, fieldBuilders as fieldEntries } from "./fields.ts";
import { historyFilters as filterEntries } from "./history-filters.ts";
import { primitives as primitiveEntries } from "./primitives.ts";
import { fileSettings as settingEntries } from "./settings.ts";
import { templateNamespaces as namespaceEntries } from "./templates.ts";

/** The bare names of the vocabulary, sorted, for whoever needs no more than them (the grammar, spelling help). */

function namesOf(entries: readonly Entry[]): readonly string[] {
  return entries.map((entry) => entry.name).sort();
}

/** Functions that declare something when the file is loaded. */
export const declarations: readonly string[] = namesOf(declarationEntries);

/** Settings of the whole file, in the form `name("value")` or `name = "value"`. */
export const fileSettings: readonly string[] = namesOf(settingEntries);

/** What a running procedure may call, with the members of each. */
export const primitives: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  primitiveEntries.map((primitive) => [primitive.name, namesOf(primitive.functions)]),
);

/** Builders of the fields of `input`, `output` and `state` schemas: `field.string{…}`. */
export const fieldBuilders: readonly string[] = namesOf(fieldEntries);

/** Builders of evaluators, which live in the same table as the field builders. */
export const evaluatorBuilders: readonly string[] = namesOf(evaluatorEntries);

/** Builders of history filters: `filters.last_n(3)`. */
export const historyFilters: readonly string[] = namesOf(filterEntries);

/** Names under which prompts reach values: `{input.topic}`. */
export const templateNamespaces: readonly string[] = namesOf(namespaceEntries);
