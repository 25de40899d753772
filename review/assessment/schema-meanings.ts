import type { Schema, SchemaField } from "#language/semantics/schema.ts";

/** How a schema was loosened, as sentences without a subject; `where` names the schema. */
export function loosenedBy(before: Schema, after: Schema, where: string): string[] {
  const current = new Map(after.fields.map((field) => [field.name, field]));
  const changes = before.fields.flatMap((field) => {
    const now = current.get(field.name);
    return now ? loosenedField(field, now, where) : [`no longer has the field ${field.name} in ${where}`];
  });
  return after.isOpen && !before.isOpen
    ? [...changes, `takes fields in ${where} that only a run can know`]
    : changes;
}

function loosenedField(before: SchemaField, after: SchemaField, where: string): string[] {
  const what = `${before.name} in ${where}`;
  const changes: string[] = [];
  if (before.required && !after.required) changes.push(`no longer requires ${what}`);
  if (before.type !== after.type) changes.push(`takes ${what} as ${after.type} (before: ${before.type})`);
  if (before.values && !after.values) changes.push(`takes any value for ${what}`);
  const known = new Set(before.values);
  const more = before.values ? (after.values ?? []).filter((value) => !known.has(value)) : [];
  if (more.length > 0)
    changes.push(`also takes ${more.map((value) => JSON.stringify(value)).join(", ")} for ${what}`);
  const [old, current] = [before.properties, after.properties];
  if (old && current) changes.push(...loosenedBy(old, current, what));
  if (old && !current) changes.push(`takes any fields in ${what}`);
  if (before.items && after.items) changes.push(...loosenedField(before.items, after.items, what));
  if (before.items && !after.items) changes.push(`takes any items in ${what}`);
  return changes;
}
