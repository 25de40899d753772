import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Desk, openDesk, type RunningStudio } from "#test/contract/studio.ts";
import type { DockerEngine } from "#test/support/docker-engine.ts";
import { type ModelScript, type ModelServer, startModelServer } from "#test/support/model-server.ts";
import type { AttackPlace } from "../attack.ts";
import type { Product } from "../controls/product.ts";
import { type Canaries, canaryVariable, type Marker, newCanaries, newMarker } from "./canaries.ts";
import { type CanaryAnswer, type CanaryServer, startCanaryServer } from "./canary-server.ts";
import { type Trace, traceOf } from "./trace.ts";

export interface WorldParts {
  readonly product: Product;
  readonly place: AttackPlace;
  readonly engine: DockerEngine;
  /** Where programs of all attempts keep what they may share: digests, compiled code. */
  readonly cacheFolder: string;
}

/** What one attempt has around it: a workspace, a home, things that must not be reached. All of it is gone afterwards. */
export class World {
  readonly place: AttackPlace;
  readonly engine: DockerEngine;
  readonly product: Product;
  readonly cacheFolder: string;
  readonly canaries: Canaries = newCanaries();
  readonly marker: Marker = newMarker();
  readonly #desk: Desk;
  /** How the command line is started; empty until somebody does, since a variant of it takes seconds to build. */
  readonly #command: string[] = [];
  readonly #leftovers = new AsyncDisposableStack();

  constructor({ product, place, engine, cacheFolder }: WorldParts) {
    this.product = product;
    this.cacheFolder = cacheFolder;
    this.place = place;
    this.engine = engine;
    const surroundings = { DOCKER_HOST: engine.address, XDG_CACHE_HOME: cacheFolder };
    this.#desk = openDesk({}, surroundings, this.#command);
    this.#leftovers.use(this.#desk);
    this.write({ "outside/canary.txt": this.canaries.file });
  }

  /** The workspace: procedures are run here. */
  get folder(): string {
    return this.#desk.folder;
  }

  /** The person's home. */
  get home(): string {
    return this.#desk.home;
  }

  /** A folder beside the workspace with `canary.txt`, which no run has a reason to see. */
  get outside(): string {
    return path.join(path.dirname(this.#desk.folder), "outside");
  }

  /** Writes files: `home/…` and `outside/…` go there, everything else to the workspace. */
  write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      const root = /^(home|outside)\//.test(name) ? path.dirname(this.folder) : this.folder;
      const file = path.join(root, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }

  /** Runs a procedure in the isolation of this attempt, to its end, and gives all that came of it. */
  procedure(source: string, options: readonly string[] = []): Promise<Trace> {
    this.write({ "attack.tac": source });
    return this.studio(["run", "attack.tac", "--json", ...this.isolation, ...options]);
  }

  /** The option that names the isolation of this attempt. */
  get isolation(): readonly string[] {
    return ["--isolation", this.place === "docker" ? "docker" : "embedded"];
  }

  /** Runs the command line to its end; canaries are in its environment. */
  async studio(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Trace> {
    const running = await this.start(args, environment);
    running.process.stdin?.end();
    return traceOf(await running.outcome, this.folder);
  }

  /** Starts the command line and leaves it running; it is killed with the world at the latest. */
  async start(
    args: readonly string[],
    environment: Readonly<Record<string, string>> = {},
  ): Promise<RunningStudio> {
    const command = await this.product.command();
    if (this.#command.length === 0) this.#command.push(...command);
    const { apiKey, variable } = this.canaries;
    const secrets = { OPENAI_API_KEY: apiKey, [canaryVariable]: variable };
    const running = this.#desk.start(args, { ...secrets, ...environment });
    this.#leftovers.defer(async () => {
      running.process.kill("SIGKILL");
      await running.outcome;
    });
    return running;
  }

  /** A module of the product, from its sources: `part<typeof import("#sandbox/x.ts")>("sandbox/x.ts")`. */
  async part<Module>(file: string): Promise<Module> {
    return (await this.product.part(file)) as Module;
  }

  /** A server on the loopback that nobody must reach. */
  async server(answer?: (path: string) => CanaryAnswer): Promise<CanaryServer> {
    const server = await startCanaryServer(answer);
    this.#leftovers.defer(() => server.dispose());
    return server;
  }

  /** A model provider that answers as scripted and keeps the requests; `providers` is a config that names it `local`. */
  async model(script: ModelScript): Promise<ModelServer & { readonly providers: string }> {
    const model = await startModelServer(script);
    this.#leftovers.defer(() => model.dispose());
    const providers = `providers: { local: { kind: openai-compatible, base_url: "${model.url}/v1" } }\n`;
    return { ...model, providers };
  }

  /** Something to end with this world. */
  atTheEnd(end: () => void | Promise<void>): void {
    this.#leftovers.defer(end);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#leftovers.disposeAsync();
  }
}
