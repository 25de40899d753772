/** Takes what plugins print. */
export type PluginOutput = (stream: "stdout" | "stderr", text: string) => void;

/** Characters of all that the plugins of a run print; the run's own limit of output does not see them. */
const maximumCharacters = 1024 * 1024;

/** Passes on what plugins print, up to a limit, and says once that the rest is left out. */
export class BoundedOutput {
  readonly #pass: PluginOutput;
  #left = maximumCharacters;

  constructor(pass: PluginOutput) {
    this.#pass = pass;
  }

  add(stream: "stdout" | "stderr", text: string): void {
    if (this.#left <= 0) return;
    this.#pass(stream, text.slice(0, this.#left));
    this.#left -= text.length;
    if (this.#left <= 0) this.#pass("stderr", "\n[Plugins printed too much: the rest is left out.]\n");
  }
}
