import type { View } from "./view.ts";

/** A frame of a view, in the view's own numbers. */
export interface ViewedFrame {
  readonly view: View;
  readonly frame: number;
  /** Its line in a file of the client; undefined for what has no text. */
  readonly place: { readonly path: string; readonly line: number } | undefined;
}

/** The numbers of frames that the client holds, from one stop to the next; none is given out twice. */
export class Frames {
  readonly #frames = new Map<number, ViewedFrame>();
  #last = 0;

  add(frame: ViewedFrame): number {
    this.#last += 1;
    this.#frames.set(this.#last, frame);
    return this.#last;
  }

  get(id: number): ViewedFrame | undefined {
    return this.#frames.get(id);
  }

  clear(): void {
    this.#frames.clear();
  }
}
