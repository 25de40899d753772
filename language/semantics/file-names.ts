import type { Binding, FreeName, MemberWrite } from "#language/semantics/scopes.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";

/** A local of the outermost block. */
export interface TopLocal {
  readonly model: StatementModel;
  readonly binding: Binding;
}

/** A place that sets a name of the file: a global, or a top-level local of an earlier statement. */
export interface NameWrite {
  readonly model: StatementModel;
  readonly write: FreeName;
}

export interface FieldWrite {
  readonly model: StatementModel;
  readonly write: MemberWrite;
}

/** The names that the statements of one version of a file share. */
export class FileNames {
  readonly #topLocals = new Map<string, TopLocal[]>();
  readonly #writes = new Map<string, NameWrite[]>();
  readonly #fieldWrites = new Map<string, FieldWrite[]>();
  /** How many statements use a name that is not their own. */
  readonly #users = new Map<string, number>();

  constructor(models: readonly StatementModel[]) {
    for (const model of models) this.#add(model);
  }

  #add(model: StatementModel): void {
    for (const binding of model.topLocals) push(this.#topLocals, binding.name, { model, binding });
    for (const write of model.globalWrites) push(this.#writes, write.name, { model, write });
    for (const write of model.scopes.memberWrites)
      if (!model.scopes.bindingOf.has(write.root)) push(this.#fieldWrites, write.root.text, { model, write });
    for (const name of model.dependencies) this.#users.set(name, (this.#users.get(name) ?? 0) + 1);
  }

  /** The local that a free name of statement `index` means; undefined when it is a global there. */
  topLocal(name: string, index: number): TopLocal | undefined {
    return this.#topLocals.get(name)?.findLast(({ model }) => model.index < index);
  }

  /** Every top-level local of that name, in order. */
  topLocals(name: string): readonly TopLocal[] {
    return this.#topLocals.get(name) ?? [];
  }

  /** Names of the locals of the outermost block. */
  topLocalNames(): Iterable<string> {
    return this.#topLocals.keys();
  }

  /** Places that set the global `name`. */
  globalWrites(name: string): readonly NameWrite[] {
    const writes = this.#writes.get(name) ?? [];
    if (!this.#topLocals.has(name)) return writes;
    return writes.filter(({ model }) => this.topLocal(name, model.index) === undefined);
  }

  /** Names of the globals that the file sets. */
  globalNames(): string[] {
    return [...this.#writes.keys()].filter((name) => this.globalWrites(name).length > 0);
  }

  /** Places that set a top-level local after its declaration, in other statements. */
  localWrites({ model, binding }: TopLocal): readonly NameWrite[] {
    const writes = this.#writes.get(binding.name) ?? [];
    return writes.filter((write) => this.topLocal(binding.name, write.model.index)?.model === model);
  }

  /** Places that put something into a field of the table that `name` holds. */
  fieldWrites(name: string): readonly FieldWrite[] {
    return this.#fieldWrites.get(name) ?? [];
  }

  /** Whether any statement takes the value of a name that another one declares. */
  isUsedElsewhere(name: string): boolean {
    return this.#users.has(name);
  }
}

function push<Item>(map: Map<string, Item[]>, key: string, item: Item): void {
  const items = map.get(key);
  if (items) items.push(item);
  else map.set(key, [item]);
}
