import type { StepMatch } from "#language/embedded/gherkin/match-steps.ts";
import type { PlaceEntry } from "#language/semantics/expected-value.ts";
import type { Binding } from "#language/semantics/scopes.ts";
import type { OwnStep } from "#language/semantics/specification-steps.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import type { Member, Type } from "#language/semantics/types.ts";
import type { Node, Span } from "#language/syntax/tree.ts";
import type { Entry, ReferenceKind } from "#vocabulary/entries.ts";

/** What a name in a text means. */
export type SymbolTarget =
  /** A local, a parameter or a loop variable. */
  | { readonly kind: "local"; readonly model: StatementModel; readonly binding: Binding }
  | GlobalTarget
  /** A field of a value. */
  | { readonly kind: "member"; readonly name: string; readonly member: Member; readonly owner: Type }
  /** A value of the state, declared or not. */
  | { readonly kind: "stateKey"; readonly name: string }
  /** What a call of an agent gives, and `{input.…}` of its prompt reads. */
  | { readonly kind: "turnInput"; readonly agent: string; readonly name: string }
  /** What `require` names. */
  | { readonly kind: "module"; readonly name: string }
  | { readonly kind: "label"; readonly name: string }
  /** Something that is defined outside of `.tac` files: a provider, a server, a file. */
  | { readonly kind: "external"; readonly reference: ReferenceKind; readonly name: string }
  /** A field of a declaration or an option, by its key. */
  | { readonly kind: "entry"; readonly name: string; readonly entry: PlaceEntry; readonly owner: string }
  /** One of the values that a field takes. */
  | { readonly kind: "value"; readonly name: string; readonly entry: PlaceEntry }
  /** The first name of a placeholder. */
  | { readonly kind: "namespace"; readonly name: string; readonly entry: Entry }
  | { readonly kind: "step"; readonly name: string; readonly match: StepMatch<OwnStep> }
  /** A class or an alias of an annotation. */
  | { readonly kind: "class"; readonly name: string };

/** A global, or something that is declared under a name; texts may name it as well. */
export interface GlobalTarget {
  readonly kind: "global";
  readonly name: string;
  /** What it may be declared by: `Tool`, `Agent`; none for a plain variable. Absent where only other files can tell. */
  readonly declaredBy?: readonly string[];
  /** The kind of the text that names it. */
  readonly reference?: ReferenceKind;
}

/** `text`: named by a text or a key rather than by the variable. */
export type SymbolRole = "declaration" | "write" | "read" | "text";

/** A symbol, and the name that was asked about. */
export interface SymbolAt {
  readonly target: SymbolTarget;
  readonly model: StatementModel;
  /** Relative to the statement. */
  readonly span: Span;
  readonly role: SymbolRole;
  /** The node that the name is part of; absent in comments. */
  readonly node?: Node;
}

/** A target and the part that its name plays where it stands. */
export interface FoundTarget {
  readonly target: SymbolTarget;
  readonly role: SymbolRole;
}

/** The name by which people know a symbol. */
export function nameOf(target: SymbolTarget): string {
  return target.kind === "local" ? target.binding.name : target.name;
}

/** Whether two names mean the same. */
export function isSameTarget(first: SymbolTarget, second: SymbolTarget): boolean {
  if (first.kind === "local" || second.kind === "local")
    return first.kind === "local" && second.kind === "local" && first.binding === second.binding;
  if (first.kind !== second.kind || first.name !== second.name) return false;
  switch (first.kind) {
    case "global":
      return second.kind === "global" && isSameGlobal(first, second);
    case "member":
      return second.kind === "member" && isSameMember(first.member, second.member);
    case "turnInput":
      return second.kind === "turnInput" && first.agent === second.agent;
    case "external":
      return second.kind === "external" && first.reference === second.reference;
    case "entry":
    case "value":
      return (second.kind === "entry" || second.kind === "value") && first.entry === second.entry;
    case "step":
      return second.kind === "step" && first.match.step === second.match.step;
    default:
      return true;
  }
}

function isSameGlobal({ declaredBy: first }: GlobalTarget, { declaredBy: second }: GlobalTarget): boolean {
  if (!first || !second) return true;
  if (first.length === 0 || second.length === 0) return first.length === second.length;
  return first.some((kind) => second.includes(kind));
}

function isSameMember({ place: first, entry }: Member, { place: second, entry: other }: Member): boolean {
  if (first && second) return first.statement === second.statement && first.span.start === second.span.start;
  return first === second && entry !== undefined && entry === other;
}
