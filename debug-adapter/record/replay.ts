import { DebugLink } from "#runs/debugging/debug-link.ts";
import type { DebugHost, ReplayStart } from "../debug-host.ts";
import { LiveRun } from "../live/live-run.ts";
import type { LiveParts, LiveView } from "../live/live-view.ts";

/** A sandbox in which a run is made again out of its journal, up to a checkpoint. Nothing is called. */
export class Replay {
  /**
   * Settles once it stands where the checkpoint is made; false when the code does not come there any more, or no sandbox
   * can be had: then the journal alone tells of that moment.
   */
  readonly landed: Promise<boolean>;
  /** Settles when nothing of it is left. */
  readonly over: Promise<void>;
  readonly #run: LiveRun;

  constructor(
    {
      host,
      checkpoint,
      start,
    }: { readonly host: DebugHost; readonly checkpoint: number; readonly start: ReplayStart },
    parts: Omit<LiveParts, "debugger" | "readOnly">,
    signal: AbortSignal,
  ) {
    const link = new DebugLink();
    const landed = Promise.withResolvers<boolean>();
    this.landed = landed.promise;
    this.#run = new LiveRun({ ...parts, debugger: link, readOnly: true }, (notice) => {
      if (notice.notice === "stopped") landed.resolve(notice.reason === "checkpoint");
    });
    this.over = host
      .replay(start, { debugger: link, signal })
      .catch(() => undefined)
      .then(() => {
        link.close();
        landed.resolve(false);
      });
    this.#run.beginUntil(checkpoint, { names: [] }).catch(() => landed.resolve(false));
  }

  get view(): LiveView {
    return this.#run.view;
  }
}
