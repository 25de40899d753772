import { turnInputs } from "#language/semantics/agent-turns.ts";
import { typeOfKinds } from "#language/semantics/inference/vocabulary-types.ts";
import { memberNamed } from "#language/semantics/member-symbols.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import type { SymbolTarget } from "#language/semantics/symbol-target.ts";
import type { Type } from "#language/semantics/types.ts";

/** The type of the value that a symbol stands for; undefined for what is no value. */
export function targetType(file: ProcedureFile, target: SymbolTarget): Type | undefined {
  switch (target.kind) {
    case "local":
      return file.types.typeOfBinding(target.model, target.binding);
    case "global":
      return (
        (target.reference === undefined ? file.types.globalType(target.name) : undefined) ??
        declaredType(file, target.name, target.declaredBy ?? [])
      );
    case "member":
      return target.member.type.kind === "unknown"
        ? file.types.memberType(target.owner, target.name)
        : target.member.type;
    case "stateKey":
      return memberNamed(file.types.stateType(), target.name, file)?.type ?? { kind: "unknown" };
    case "turnInput":
      return turnInputs(file, target.agent).get(target.name)?.type ?? { kind: "unknown" };
    case "module":
      return file.moduleType(target.name);
    case "entry":
      return typeOfKinds(target.entry);
    case "class":
      return file.types.classType(target.name);
    default:
      return undefined;
  }
}

function declaredType(file: ProcedureFile, name: string, kinds: readonly string[]): Type | undefined {
  const placed = file.types
    .sites()
    .find(({ site }) => site.name?.text === name && (kinds.length === 0 || kinds.includes(site.kind)));
  return placed && file.types.handleTypeOf(placed.model, placed.site);
}
