import type { DeclarationSite } from "#language/semantics/declaration-sites.ts";
import { namedFields } from "#language/semantics/table-fields.ts";
import type { TableExpression } from "#language/syntax/tree.ts";

const namesOf = new WeakMap<TableExpression, ReadonlySet<string>>();
const nothing: ReadonlySet<string> = new Set();

/** The names of the fields that a declaration is given; kept with its table, for rules that ask after every change. */
export function fieldNames({ config }: DeclarationSite): ReadonlySet<string> {
  if (!config) return nothing;
  const known = namesOf.get(config);
  if (known) return known;
  const names = new Set(namedFields(config).map(({ name }) => name));
  namesOf.set(config, names);
  return names;
}
