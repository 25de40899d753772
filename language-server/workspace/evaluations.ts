import type { FindingsChanged, ServerState } from "../server-state.ts";

/** Milliseconds without a keystroke after which declarations are evaluated. */
const quietMs = 150;

/** Evaluates open documents that compute their declarations, a moment after each change. */
export class Evaluations {
  readonly #state: ServerState;
  readonly #changed: FindingsChanged;
  readonly #waiting = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #ended = new AbortController();

  constructor(state: ServerState, changed: FindingsChanged) {
    this.#state = state;
    this.#changed = changed;
  }

  /** A document was opened or changed. */
  schedule(uri: string): void {
    clearTimeout(this.#waiting.get(uri));
    this.#waiting.set(
      uri,
      setTimeout(() => void this.#evaluate(uri), quietMs),
    );
  }

  dispose(): void {
    this.#ended.abort();
    for (const timer of this.#waiting.values()) clearTimeout(timer);
  }

  async #evaluate(uri: string): Promise<void> {
    this.#waiting.delete(uri);
    const { project } = this.#state.workspace;
    const request = this.#state.workspace.isOpen(uri) ? project.evaluationRequest(uri) : undefined;
    const text = project.textOf(uri);
    if (text === undefined) return;
    if (!request) {
      if (project.setEvaluation(uri, text, undefined)) this.#changed([uri]);
      return;
    }
    try {
      const evaluation = await this.#state.host.evaluator.evaluate(request, this.#ended.signal);
      if (project.setEvaluation(uri, request.text, evaluation)) this.#changed([uri]);
    } catch (error) {
      // A newer text, or the end of the server, has taken its place.
      if (!(error instanceof Error) || error.name !== "AbortError") throw error;
    }
  }
}
