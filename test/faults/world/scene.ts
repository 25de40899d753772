import { mkdirSync } from "node:fs";
import path from "node:path";
import type { RunEvent } from "#protocol/events/events.ts";
import { type Desk, type Outcome, openDesk } from "#test/contract/studio.ts";
import type { EffectServer } from "#test/support/effect-server.ts";
import { eventsIn, journalOf } from "#test/support/interrupted-run.ts";
import type { OwnEngine } from "./own-engine.ts";

interface SceneParts {
  readonly effects: EffectServer;
  readonly engine: OwnEngine | undefined;
}

/** Where one fault happens: a workspace and a home of its own, the engine, and the list of what got lost. */
export class Scene {
  readonly effects: EffectServer;
  readonly lost: string[] = [];
  readonly #engine: OwnEngine | undefined;
  readonly #desks: Desk[] = [];

  constructor({ effects, engine }: SceneParts) {
    this.effects = effects;
    this.#engine = engine;
  }

  get ownEngine(): OwnEngine | undefined {
    return this.#engine;
  }

  get engine(): OwnEngine {
    if (!this.#engine) throw new Error("This fault was not declared to need an engine.");
    return this.#engine;
  }

  /** The desk's own root, for counting what is left there. */
  get folders(): readonly string[] {
    return this.#desks.map(({ folder }) => path.dirname(folder));
  }

  /** A workspace with these files; temporary files of the command go to a folder that is counted. */
  desk(
    files: Readonly<Record<string, string>>,
    {
      config = "",
      environment = {},
    }: { readonly config?: string; readonly environment?: Record<string, string> } = {},
  ): Desk {
    const desk = openDesk({ ...files, "home/.tactus/config.yml": `${this.effects.config}${config}` }, {});
    const temporary = path.join(path.dirname(desk.folder), "temporary");
    mkdirSync(temporary);
    const surroundings = {
      TMPDIR: temporary,
      ...(this.#engine && { DOCKER_HOST: this.#engine.address }),
      ...environment,
    };
    const inside: Desk = {
      ...desk,
      start: (args, more = {}) => desk.start(args, { ...surroundings, ...more }),
      studio: (args, more = {}) => desk.studio(args, { ...surroundings, ...more }),
    };
    this.#desks.push(inside);
    return inside;
  }

  /** Everything that a command showed must stand in the journal, and what stood there before must still stand there. */
  expectKept(desk: Desk, shown: string, before: readonly RunEvent[] = []): void {
    const kept = new Set(
      journalOf(desk)
        .events()
        .map((event) => JSON.stringify(event)),
    );
    const missing = [...eventsIn(shown), ...before].filter((event) => !kept.has(JSON.stringify(event)));
    for (const { seq, type } of missing) this.lost.push(`event ${seq} (${type})`);
  }

  /** Runs a check; what it finds wrong counts as lost. */
  checkLosses(check: () => void): void {
    try {
      check();
    } catch (error) {
      this.lost.push(String(error instanceof Error ? error.message : error).split("\n")[0] ?? "");
    }
  }

  [Symbol.dispose](): void {
    for (const desk of this.#desks) desk[Symbol.dispose]();
  }
}

/** How a command ended: `exit 3, failed engine-lost`, or with the first sentence of its refusal. */
export function stateOf({ code, stdout, stderr }: Outcome): string {
  const end = stdout.includes('"run.finished"') ? eventsIn(stdout).at(-1) : undefined;
  if (end?.type === "run.finished") {
    return [`exit ${code}, ${end.status}`, end.error?.code].filter(Boolean).join(" ");
  }
  const sentence = stderr
    .replace(/^tactus-studio: /, "")
    .split(/[.:]? *\n|\. /)[0]
    ?.replaceAll(/\d{8}-\d{6}-[0-9a-f]{6}/g, "ID")
    .replaceAll(/\(\d+\)/g, "(N)")
    .replaceAll(/\/[\w./-]+\//g, "…/");
  return [`exit ${code}`, sentence].filter(Boolean).join(": ");
}
