import { globSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { bundles } from "../../../scripts/bundles.ts";
import type { Control } from "./control.ts";
import { mutatedSources, mutationPlugin, repositoryRoot } from "./mutated-sources.ts";

const dist = path.join(repositoryRoot, "dist");

/** The product that an attack meets: as it is, or built without a control. What is built is built when first asked for. */
export class Product {
  readonly #control: Control | undefined;
  readonly #folder: string;
  readonly #texts: ReadonlyMap<string, string>;
  readonly #parts = new Map<string, Promise<unknown>>();
  #built: Promise<string> | undefined;

  constructor(folder: string, control?: Control) {
    this.#control = control;
    this.#folder = path.join(folder, control?.id ?? "as-it-is");
    this.#texts = mutatedSources(control);
  }

  /** The folder with the bundles: `dist`, or one like it. */
  dist(): Promise<string> {
    if (this.#texts.size === 0) return Promise.resolve(dist);
    this.#built ??= this.#build();
    return this.#built;
  }

  /** How the command line is started. */
  async command(): Promise<readonly string[]> {
    if (this.#texts.size === 0) return [path.join(repositoryRoot, "bin/tactus-studio")];
    return [process.execPath, path.join(await this.dist(), "cli/main.mjs")];
  }

  /** A module of the product with all that it imports, from the (mutated) sources. */
  part(file: string): Promise<unknown> {
    const known = this.#parts.get(file);
    if (known) return known;
    const part = this.#buildPart(file);
    this.#parts.set(file, part);
    return part;
  }

  async #buildPart(file: string): Promise<unknown> {
    const outfile = path.join(this.#folder, "parts", file.replace(/\.ts$/, ".mjs"));
    const { metafile } = await build({
      entryPoints: [path.join(repositoryRoot, file)],
      absWorkingDir: repositoryRoot,
      bundle: true,
      packages: "external",
      platform: "node",
      format: "esm",
      metafile: true,
      plugins: [mutationPlugin(this.#texts)],
      outfile,
    });
    this.#expectMutationIn(Object.keys(metafile.inputs), file);
    return import(pathToFileURL(outfile).href);
  }

  /** Links what is unchanged and builds the bundles that a mutated file is part of. */
  async #build(): Promise<string> {
    const target = path.join(this.#folder, "dist");
    const changed = Object.keys(bundles).filter((name) => this.#touches(name));
    this.#expectMutationIn(changed.flatMap(inputsOf), "any bundle");
    linkFiles(target);
    for (const name of changed) await this.#bundle(name, target);
    return target;
  }

  #touches(bundle: string): boolean {
    return inputsOf(bundle).some((file) => this.#texts.has(path.join(repositoryRoot, file)));
  }

  async #bundle(name: string, target: string): Promise<void> {
    const options = bundles[name];
    const { outputFiles = [] } = await build({
      ...options,
      absWorkingDir: repositoryRoot,
      plugins: [mutationPlugin(this.#texts), ...(options?.plugins ?? [])],
      sourcemap: false,
      metafile: false,
      write: false,
    });
    for (const { path: file, contents } of outputFiles) {
      const place = path.join(target, path.relative(dist, file));
      // Writing through the link would change the product itself.
      rmSync(place, { force: true });
      mkdirSync(path.dirname(place), { recursive: true });
      writeFileSync(place, contents);
    }
  }

  /** A mutation that changes nothing of what is used would make the attack look as if nothing could let it through. */
  #expectMutationIn(inputs: readonly string[], what: string): void {
    if (this.#texts.size === 0) return;
    const used = inputs.some((file) => this.#texts.has(path.join(repositoryRoot, file)));
    if (!used) throw new Error(`No file that ${this.#control?.id} mutates is in ${what}.`);
  }
}

/** The files that a bundle of dist was made of, as its build noted. */
function inputsOf(bundle: string): string[] {
  const metafile: { readonly inputs: object } = JSON.parse(
    readFileSync(path.join(dist, `${bundle}.metafile.json`), "utf8"),
  );
  return Object.keys(metafile.inputs);
}

function linkFiles(target: string): void {
  for (const file of globSync("**/*.{mjs,cjs,js,wasm,py}", { cwd: dist })) {
    const place = path.join(target, file);
    mkdirSync(path.dirname(place), { recursive: true });
    linkSync(path.join(dist, file), place);
  }
}
