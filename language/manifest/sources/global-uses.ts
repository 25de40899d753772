import type { Binding, FreeName } from "#language/semantics/scopes.ts";
import { stringLiteral } from "#language/semantics/table-fields.ts";
import type { Expression, Node } from "#language/syntax/tree.ts";
import { parentsOf } from "./parents.ts";
import type { Placed, SourceFile } from "./placed.ts";

/** A value that a global, or a local of the outermost block, is given. */
export interface GivenValue {
  readonly place: Placed;
  /** Absent: a function, or one of several values of a call. */
  readonly value?: Placed<Expression>;
}

/** The table of all globals, under both of its names. */
const tablesOfGlobals: ReadonlySet<string> = new Set(["_G", "_ENV"]);

/** Who reads and who sets the names that the files of a program share. `_G.name` is the global of that name. */
export class GlobalUses {
  readonly #reads = new Map<string, Placed[]>();
  readonly #writes = new Map<string, GivenValue[]>();
  readonly #laterUses = new Map<Binding, Placed[]>();
  readonly #laterWrites = new Set<Binding>();
  /** Where the table of all globals itself goes somewhere, or is changed for another one. */
  readonly unseen: Placed[] = [];

  constructor(files: readonly SourceFile[]) {
    for (const source of files)
      for (const model of source.file.models) {
        for (const use of model.scopes.free) this.#add(use, { source, model, node: use.node });
        for (const binding of model.scopes.bindings)
          if (binding.name === "_ENV") this.unseen.push({ source, model, node: model.top.node });
      }
  }

  /** Every place that takes the value of a global. */
  reads(name: string): readonly Placed[] {
    return this.#reads.get(name) ?? [];
  }

  writes(name: string): readonly GivenValue[] {
    return this.#writes.get(name) ?? [];
  }

  names(): Iterable<string> {
    return this.#reads.keys();
  }

  /** Places in later statements that take the value of a local of the outermost block. */
  laterReads(binding: Binding): readonly Placed[] {
    return this.#laterUses.get(binding) ?? [];
  }

  /** Whether a local never has another value than its first one. */
  isConstant(binding: Binding): boolean {
    return !binding.uses.some(({ access }) => access === "write") && !this.#laterWrites.has(binding);
  }

  #add(use: FreeName, place: Placed): void {
    const { source, model } = place;
    const local = source.file.names.topLocal(use.name, model.index);
    if (local) {
      if (use.access === "write") this.#laterWrites.add(local.binding);
      else if (use.access !== "member") push(this.#laterUses, local.binding, place);
      return;
    }
    if (tablesOfGlobals.has(use.name)) this.#ofTable(use, place);
    else if (use.access === "write") push(this.#writes, use.name, givenBy(use, place));
    else if (use.access !== "member") push(this.#reads, use.name, place);
  }

  #ofTable(use: FreeName, place: Placed): void {
    const parents = parentsOf(place.model.top);
    const member = parents.get(use.node);
    const name = member && nameOfMember(member, use.node);
    if (use.access === "write" || !member || name === undefined) {
      this.unseen.push(place);
      return;
    }
    const assignment = parents.get(member);
    const isTarget =
      assignment?.kind === "Assignment" && assignment.targets.some((target) => target === member);
    if (assignment?.kind === "FunctionStatement" || isTarget) {
      const index = isTarget ? assignment.targets.indexOf(member as Expression) : -1;
      const value = isTarget ? assignment.values[index] : undefined;
      push(this.#writes, name, { place, ...(value && { value: { ...place, node: value } }) });
    } else push(this.#reads, name, { ...place, node: member });
  }
}

function nameOfMember(member: Node, object: Node): string | undefined {
  if (member.kind === "MemberExpression" && member.object === object) return member.member.text;
  if (member.kind !== "IndexExpression" || member.object !== object) return undefined;
  return stringLiteral(member.key)?.value;
}

function givenBy({ value }: FreeName, place: Placed): GivenValue {
  const own = value?.index === undefined ? value?.expression : undefined;
  return { place, ...(own && { value: { ...place, node: own } }) };
}

function push<Key, Item>(map: Map<Key, Item[]>, key: Key, item: Item): void {
  const items = map.get(key);
  if (items) items.push(item);
  else map.set(key, [item]);
}
