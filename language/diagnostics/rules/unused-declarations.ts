import { fieldNames } from "#language/diagnostics/names/field-names.ts";
import { UsedNames } from "#language/diagnostics/names/used-names.ts";
import type { FileContext, Finding, Rule } from "#language/diagnostics/rule.ts";
import { fileRole } from "#language/diagnostics/workflow/file-role.ts";
import type { DeclarationSite } from "#language/semantics/declaration-sites.ts";
import type { PlacedSite } from "#language/semantics/inference/inference.ts";

/** Tools and agents that nothing uses. What a module declares is for others, and a test's stand-in is no use. */
export const unusedDeclarations: Rule = {
  file: (context) => {
    const declared = context.types.sites().filter(({ site }) => isNamed(site));
    if (declared.length === 0 || fileRole(context.file).kind === "module") return;
    const used = new UsedNames(context.file);
    // Through the table of all globals anything can be reached.
    if (used.has("_G")) return;
    const agentsHaveAll = declared.some(({ site }) => site.kind === "Agent" && hasEveryToolset(site));
    for (const placed of declared) {
      const { kind, name } = placed.site;
      if (name === undefined || used.has(name.text) || (kind === "Tool" && agentsHaveAll)) continue;
      context.report(placed.model, finding(placed, context));
    }
  },
};

/** A local that nothing reads is told as such. */
function isNamed({ kind, name, enclosing }: DeclarationSite): boolean {
  return (
    (kind === "Tool" || kind === "Agent") &&
    !enclosing &&
    (name?.from === "variable" || name?.from === "text")
  );
}

/** Without `tools` an agent is given whatever there is. */
function hasEveryToolset(site: DeclarationSite): boolean {
  return site.config !== undefined && !fieldNames(site).has("tools");
}

function finding({ site, model }: PlacedSite, { file }: FileContext): Finding {
  const { kind, name, callee } = site;
  const { node } = model.top;
  // Together with the line break before it.
  const before = file.text.slice(model.offset, model.offset + node.start);
  const start = node.start - (/\n[ \t]*$/.exec(before)?.[0].length ?? 0);
  const isAlone = model.sites.filter((other) => !other.enclosing).length === 1;
  return {
    code: kind === "Tool" ? "unused-tool" : "unused-agent",
    span: name?.span ?? callee,
    message:
      kind === "Tool"
        ? `No agent is given the tool "${name?.text ?? ""}", and nothing calls it.`
        : `Nothing calls the agent "${name?.text ?? ""}".`,
    tags: ["unnecessary"],
    ...(isAlone && {
      fixes: [{ title: `Remove the ${kind.toLowerCase()}`, edits: [{ start, end: node.end, text: "" }] }],
    }),
  };
}
