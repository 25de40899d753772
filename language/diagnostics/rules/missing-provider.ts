import { fieldNames } from "#language/diagnostics/names/field-names.ts";
import type { FileContext, Rule } from "#language/diagnostics/rule.ts";
import type { DeclarationSite } from "#language/semantics/declaration-sites.ts";
import { requiredModules } from "#language/semantics/required-modules.ts";
import { fieldNamed, stringLiteral } from "#language/semantics/table-fields.ts";
import type { Expression, TableExpression } from "#language/syntax/tree.ts";
import { providers } from "#vocabulary/providers.ts";

/** Agents for which neither they themselves, nor the file, nor its configuration names a provider. */
export const missingProvider: Rule = {
  file: (context) => {
    if (hasDefault(context)) return;
    const agents = context.types.sites().filter(({ site }) => site.kind === "Agent" && lacksProvider(site));
    for (const { model, site } of agents) {
      const at = site.config?.openBrace.end ?? site.callee.end;
      context.report(model, {
        code: "missing-field",
        span: site.callee,
        severity: "warning",
        message: `The agent "${site.name?.text ?? ""}" has no provider: set "provider", or default_provider for all agents of the file, or write the model as "openai/…".`,
        fixes: [{ title: 'Add "provider"', edits: [{ start: at, end: at, text: ' provider = "openai",' }] }],
      });
    }
  },
};

function lacksProvider(site: DeclarationSite): boolean {
  const { config } = site;
  if (!config || fieldNames(site).has("provider")) return false;
  return !config.fields.some(({ kind }) => kind === "KeyedField") && !namesProvider(config);
}

/** `openai/gpt-4o`, `openai:gpt-4o`; what is computed may do so as well. */
function namesProvider(config: TableExpression): boolean {
  const model = fieldNamed(config, "model")?.value;
  if (!model) return false;
  const text = stringLiteral(model.kind === "TableExpression" ? nameIn(model) : model);
  if (!text) return true;
  const [, prefix] = /^([\w-]+)[/:]/.exec(text.value) ?? [];
  return providers.some(({ name }) => name === prefix);
}

function nameIn(model: TableExpression): Expression | undefined {
  return fieldNamed(model, "name")?.value;
}

/** A file that is required may set the default as well. */
function hasDefault({ file, project }: FileContext): boolean {
  const { isKnown, hasDefaultProvider } = project.configurationOf(file.uri);
  if (!isKnown || hasDefaultProvider) return true;
  const isSet = file.models.some(({ dependencies }) => dependencies.has("default_provider"));
  return (
    isSet || requiredModules(file).some(({ name }) => project.module(file.uri, name).kind !== "standard")
  );
}
