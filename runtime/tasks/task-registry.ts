import type { LuaFunction, LuaValue } from "#lua/engine.ts";
import type { Handle } from "../vm/handles.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";

/** A task as declared. */
export interface DeclaredTask {
  readonly handle: Handle;
  /** Absent: it only holds others. */
  readonly entry: LuaFunction | undefined;
  /** Names of tasks that run before, as written. */
  readonly dependsOn: readonly string[];
  parent: DeclaredTask | undefined;
}

/** The name of the task that runs when none is asked for. */
export const presetTask = "run";

/** The tasks of a file and of those that it includes. */
export class TaskRegistry {
  readonly #tasks: DeclaredTask[] = [];

  get all(): readonly DeclaredTask[] {
    return this.#tasks;
  }

  get topLevel(): readonly DeclaredTask[] {
    return this.#tasks.filter(({ parent }) => parent === undefined);
  }

  add(task: DeclaredTask): void {
    this.#tasks.push(task);
  }

  of(handle: Handle): DeclaredTask | undefined {
    return this.#tasks.find((task) => task.handle === handle);
  }

  /** The task of that full name (`parent:child`). */
  find(name: string): DeclaredTask | undefined {
    return this.#tasks.find((task) => taskName(task) === name);
  }

  names(): readonly string[] {
    return this.#tasks.map(taskName);
  }

  /** To be called when all names are known. Throws ProcedureFailure for names that can't be told apart. */
  check(): void {
    const seen = new Set<string>();
    for (const task of this.#tasks) {
      const name = taskName(task);
      if (task.handle.name.includes(":")) {
        throw invalid(task, `Task name '${task.handle.name}' can't hold a colon: tasks inside of tasks do.`);
      }
      if (seen.has(name)) throw invalid(task, `Duplicate task '${name}'.`);
      seen.add(name);
    }
  }

  /** Runs what the task depends on, each task once, then the task. Throws LuaError, ProcedureFailure. */
  run(task: DeclaredTask): readonly LuaValue[] {
    const order = this.#inOrder(task);
    for (const before of order.slice(0, -1)) entryOf(before, this).call();
    return entryOf(task, this).callExact();
  }

  /** The task after all that it depends on. */
  #inOrder(
    task: DeclaredTask,
    under: readonly DeclaredTask[] = [],
    done: DeclaredTask[] = [],
  ): DeclaredTask[] {
    if (done.includes(task)) return done;
    const path = [...under, task];
    if (under.includes(task)) {
      throw invalid(task, `Task dependency cycle detected: ${path.map(taskName).join(" -> ")}.`);
    }
    for (const name of task.dependsOn) this.#inOrder(this.#dependency(task, name), path, done);
    done.push(task);
    return done;
  }

  /** A task beside this one comes first, then one by its full name. */
  #dependency(task: DeclaredTask, name: string): DeclaredTask {
    const beside = task.parent ? this.find(`${taskName(task.parent)}:${name}`) : undefined;
    const found = beside ?? this.find(name);
    if (found) return found;
    throw invalid(
      task,
      `Task '${name}' not found: '${taskName(task)}' depends on it. There are: ${this.names().join(", ")}.`,
    );
  }
}

/** `parent:child`. */
export function taskName({ handle, parent }: DeclaredTask): string {
  return parent ? `${taskName(parent)}:${handle.name}` : handle.name;
}

function entryOf(task: DeclaredTask, { all }: TaskRegistry): LuaFunction {
  if (task.entry) return task.entry;
  const children = all.filter(({ parent }) => parent === task).map(taskName);
  const others = children.length === 0 ? "" : ` Its tasks are: ${children.join(", ")}.`;
  throw invalid(task, `Task '${taskName(task)}' has no entry.${others}`);
}

function invalid({ handle }: DeclaredTask, message: string): ProcedureFailure {
  return new ProcedureFailure("declaration-invalid", message, handle.at);
}
