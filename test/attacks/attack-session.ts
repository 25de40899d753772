import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type DockerEngine, startDockerEngine } from "#test/support/docker-engine.ts";
import { clientOf } from "#test/support/docker-sandbox.ts";
import type { Outcome } from "./attack.ts";
import type { Control } from "./controls/control.ts";
import { repositoryRoot } from "./controls/mutated-sources.ts";
import { Product } from "./controls/product.ts";
import type { Attempt } from "./load-attacks.ts";
import { World } from "./world/world.ts";

const attemptMilliseconds = 90_000;

/** What all attempts share: one engine, the variants of the product, a cache. */
export class AttackSession {
  readonly #engine: DockerEngine;
  readonly #folder: string;
  readonly #asItIs: Product;
  readonly #without = new Map<string, Product>();

  private constructor(engine: DockerEngine, folder: string) {
    this.#engine = engine;
    this.#folder = folder;
    this.#asItIs = new Product(folder);
  }

  static async open(): Promise<AttackSession> {
    const engine = await startDockerEngine();
    if (!engine.ok) throw new Error(engine.error.message);
    const place = path.join(repositoryRoot, ".cache/attacks");
    mkdirSync(place, { recursive: true });
    return new AttackSession(engine.value, mkdtempSync(path.join(place, "session-")));
  }

  /** Makes one attempt in a world of its own. An attempt that does not end is a failure of the suite. */
  async attempt({ attack, place, control }: Attempt): Promise<Outcome> {
    const product = control === "on" ? this.#asItIs : this.#productWithout(attack.control);
    const cacheFolder = path.join(this.#folder, "cache");
    await using world = new World({ product, place, engine: this.#engine, cacheFolder });
    const late = new AbortController();
    const outcome = await Promise.race([
      attack.attempt(world),
      pause(attemptMilliseconds, undefined, { signal: late.signal }),
    ]);
    late.abort();
    if (!outcome) throw new Error(`${attack.id} was still going after ${attemptMilliseconds / 1000} s.`);
    return outcome;
  }

  /** Containers that are there although every attempt is over. */
  async leftContainers(): Promise<readonly string[]> {
    const containers = await clientOf(this.#engine).listContainers({ all: true });
    return containers.map(({ Names, Image }) => `${Names.join()} of ${Image}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#engine.dispose();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #productWithout(control: Control): Product {
    const known = this.#without.get(control.id) ?? new Product(this.#folder, control);
    this.#without.set(control.id, known);
    return known;
  }
}
