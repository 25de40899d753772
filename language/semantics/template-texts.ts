import { type Placeholder, parseTemplate } from "#language/embedded/template.ts";
import type { DeclarationSite } from "#language/semantics/declaration-sites.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import { fieldNamed } from "#language/semantics/table-fields.ts";
import type {
  CallExpression,
  Expression,
  Node,
  StringExpression,
  TopStatement,
} from "#language/syntax/tree.ts";
import { walk } from "#language/syntax/walk.ts";
import { type TemplatePlace, templatePlaces } from "#vocabulary/templates.ts";

/** A text whose placeholders are filled, as far as the statement alone tells. */
export interface TemplateText {
  readonly text: StringExpression;
  readonly place: TemplatePlace;
  /** The agent that it belongs to. */
  readonly site?: DeclarationSite;
  /** The call that it is an argument of: a turn, when the type of what is called says so. */
  readonly call?: CallExpression;
  /** Spans are relative to the statement. */
  readonly placeholders: readonly Placeholder[];
}

const textsOf = new WeakMap<TopStatement, readonly TemplateText[]>();

/** The templates of a statement; kept with it. Only those in braces: other template languages are left alone. */
export function templateTexts(file: ProcedureFile, model: StatementModel): readonly TemplateText[] {
  const known = textsOf.get(model.top);
  if (known) return known;
  const found: TemplateText[] = [];
  const add = (value: Expression, from: Omit<TemplateText, "text" | "placeholders">): void => {
    for (const text of textsIn(value))
      found.push({ ...from, text, placeholders: placeholdersOf(file, model, text) });
  };
  const configs = new Map<Node, DeclarationSite>(model.sites.map((site) => [site.call, site]));
  walk(model.top.node, (node) => {
    if (node.kind !== "CallExpression") return;
    const site = configs.get(node);
    for (const place of site ? placesOf(site.kind) : callPlaces(node)) {
      const value = valueAt(node, place, site);
      if (value) add(value, { place, ...(site ? { site } : { call: node }) });
    }
  });
  textsOf.set(model.top, found);
  return found;
}

function placesOf(owner: string): TemplatePlace[] {
  return templatePlaces.filter((place) => place.owner === owner && place.syntax === "braces");
}

/** A call of a word of the language, or what may be a turn of an agent. */
function callPlaces({ callee }: CallExpression): TemplatePlace[] {
  const own = callee.kind === "NameExpression" ? placesOf(callee.text) : [];
  return own.length > 0 ? own : placesOf("agent");
}

function valueAt(
  call: CallExpression,
  { field }: TemplatePlace,
  site: DeclarationSite | undefined,
): Expression | undefined {
  const [first] = call.arguments;
  if (field === undefined) return first;
  const table = site ? site.config : first;
  return table?.kind === "TableExpression" ? fieldNamed(table, field)?.value : undefined;
}

/** The literals that a text is put together from. */
function textsIn(value: Expression): StringExpression[] {
  if (value.kind === "StringExpression") return [value];
  if (value.kind === "ParenthesizedExpression") return textsIn(value.inner);
  if (value.kind !== "BinaryExpression") return [];
  return value.operator === ".." || value.operator === "or"
    ? [...textsIn(value.left), ...textsIn(value.right)]
    : [];
}

function placeholdersOf(
  file: ProcedureFile,
  model: StatementModel,
  { content }: StringExpression,
): Placeholder[] {
  const source = file.text.slice(model.offset + content.start, model.offset + content.end);
  const moved = <Part extends { start: number; end: number }>(part: Part): Part => ({
    ...part,
    start: part.start + content.start,
    end: part.end + content.start,
  });
  return parseTemplate(source).map((found) => ({ ...moved(found), path: found.path.map(moved) }));
}
