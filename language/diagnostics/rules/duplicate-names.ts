import type { FileContext, Rule } from "#language/diagnostics/rule.ts";
import type { PlacedSite } from "#language/semantics/inference/inference.ts";

/** Kinds whose declarations are found by name, so that a second one takes the place of the first. */
const namedKinds = new Set([
  "Agent",
  "Tool",
  "Toolset",
  "Procedure",
  "Model",
  "Prompt",
  "Hitl",
  "Task",
  "Context",
]);

/** Two declarations of a kind under one name. */
export const duplicateNames: Rule = {
  file: (context) => {
    const seen = new Map<string, PlacedSite>();
    for (const model of context.file.models) {
      for (const site of model.sites) {
        if (!namedKinds.has(site.kind) || site.enclosing || isNameless(site)) continue;
        const key = `${site.kind} ${site.name?.text ?? "main"}`;
        const first = seen.get(key);
        if (first) reportSecond({ model, site }, first, context);
        else seen.set(key, { model, site });
      }
    }
  },
};

/** A local tool or agent has no name under which another could be found. */
function isNameless({ kind, name }: PlacedSite["site"]): boolean {
  return kind === "Procedure" ? false : name === undefined || name.from === "local" || name.from === "key";
}

function reportSecond({ model, site }: PlacedSite, first: PlacedSite, { report }: FileContext): void {
  const name = site.name?.text ?? "main";
  report(model, {
    code: "duplicate-name",
    span: site.name?.span ?? site.callee,
    message: `There is another ${site.kind} "${name}" before: this one takes its place.`,
    related: [
      {
        place: { statement: first.model, span: first.site.name?.span ?? first.site.callee },
        message: `The first "${name}" is here`,
      },
    ],
  });
}
