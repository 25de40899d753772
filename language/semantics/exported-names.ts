import type { DeclarationSite } from "#language/semantics/declaration-sites.ts";
import type { FileView } from "#language/semantics/file-view.ts";
import type { Inference } from "#language/semantics/inference/inference.ts";
import { namedReferences } from "#language/semantics/named-references.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import type { FunctionType, Type } from "#language/semantics/types.ts";

interface ExportingFile extends FileView {
  readonly text: string;
  readonly types: Inference;
}

/** Deep enough for whatever a check looks at. */
const deepest = 5;

/**
 * What other statements can see of one, by name, printed so that two versions can be compared: locals and globals that
 * it sets, tables whose fields it sets, what it declares under a name (`@name`, since texts refer to it as well), and that
 * it makes a name at all (`?name`, for those who only put something into its table).
 */
export function exportedNames(file: ExportingFile, model: StatementModel): ReadonlyMap<string, string> {
  if (model.exported) return model.exported;
  const names = new Map<string, string>();
  const add = (name: string, meaning: string): void => {
    names.set(name, `${names.get(name) ?? ""}${meaning};`);
  };
  for (const binding of model.topLocals) {
    add(binding.name, `local ${digest(file.types.typeOfBinding(model, binding), 0)}`);
    add(`?${binding.name}`, "local");
  }
  for (const write of model.globalWrites) {
    add(write.name, digest(file.types.written(model, write.value ?? {}, write.name), 0));
    add(`?${write.name}`, "global");
  }
  for (const write of model.scopes.memberWrites) {
    if (model.scopes.bindingOf.has(write.root)) continue;
    const type = file.types.written(model, write.value);
    add(write.root.text, `.${write.path.join(".")} ${digest(type, 0)}`);
  }
  for (const site of model.sites) addSite(file, model, site, add);
  model.exported = names;
  return names;
}

function addSite(
  file: ExportingFile,
  model: StatementModel,
  site: DeclarationSite,
  add: (name: string, meaning: string) => void,
): void {
  const text = `${declarationText(file.text, model, site)} ${usedMeanings(file, model)}`;
  if (site.name) {
    add(site.name.text, `${site.kind} ${text}`);
    add(`@${site.name.text}`, `${site.kind} ${text}`);
  }
  add(`@${site.kind}`, site.name?.text ?? "");
  if (site.kind !== "Procedure") return;
  for (const name of ["input", "state", "State"]) add(name, text);
}

/** What the names mean that a declaration uses outside of functions: the tools that an agent is given. */
function usedMeanings(file: ExportingFile, model: StatementModel): string {
  const used = model.scopes.free.filter(
    ({ access, enclosing }) => access !== "write" && enclosing === undefined,
  );
  const names = used.map(
    ({ name }) => `${name}:${digest(file.types.typeOfName(name, model.index), deepest - 1)}`,
  );
  const texts = namedReferences(model).map(({ text }) => {
    const declared = ["Tool", "Toolset", "Agent"].map((kind) => file.types.siteOf(kind, text));
    return `${text}:${declared.map((placed) => (placed ? declarationText(file.text, placed.model, placed.site) : "")).join()}`;
  });
  return [...names, ...texts].join(" ");
}

/** The declaration as it is written, without what its functions do. */
function declarationText(text: string, model: StatementModel, { call, body }: DeclarationSite): string {
  const written = (start: number, end: number): string =>
    text.slice(model.offset + start, model.offset + end);
  if (!body) return written(call.start, call.end);
  return written(call.start, body.block.start) + written(body.end, call.end);
}

function digest(type: Type, depth: number): string {
  if (depth > deepest) return "…";
  switch (type.kind) {
    case "table": {
      const members = [...type.members.values()].map(
        (member) => `${member.name}${member.isOptional ? "?" : ""}:${digest(member.type, depth + 1)}`,
      );
      const element = type.element ? `[${digest(type.element, depth + 1)}]` : "";
      return `{${type.isOpen ? "…" : ""}${members.join(",")}${element}}`;
    }
    case "function":
      return functionDigest(type, depth);
    case "handle":
      return `${type.handle} ${type.name ?? ""} ${type.call ? functionDigest(type.call, depth) : ""}`;
    case "union":
      return type.members.map((member) => digest(member, depth + 1)).join("|");
    case "string":
      return `string${type.value === undefined ? "" : JSON.stringify(type.value)}${type.values?.join() ?? ""}`;
    case "number":
      return type.isInteger ? "integer" : "number";
    case "boolean":
    case "nil":
    case "unknown":
      return type.kind;
  }
}

function functionDigest(type: FunctionType, depth: number): string {
  const parameters = type.parameters.map(
    ({ name, isOptional, type: of }) => `${name}${isOptional ? "?" : ""}:${digest(of, depth + 2)}`,
  );
  const returns = type.returns().map((returned) => digest(returned, depth + 2));
  return `(${parameters.join()}${type.isVararg ? "..." : ""}):${returns.join()}`;
}
