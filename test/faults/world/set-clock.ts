import { globSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Desk } from "#test/contract/studio.ts";

const [library] = globSync("/usr/lib/*/faketime/libfaketimeMT.so.1");

/** Why the clock can't be set; undefined where it can. */
export const clockMissing: string | undefined = library
  ? undefined
  : "setting the clock of one process takes libfaketime (Debian package faketime)";

/** A clock of a command's own; as a machine's, it can be set while the command runs. Time that only goes on is not touched. */
export interface SettableClock {
  readonly environment: Readonly<Record<string, string>>;
  /** `+1d`, `-1d`: from now on. */
  set(offset: string): void;
}

export function settableClock(desk: Desk, offset = "+0"): SettableClock {
  const file = path.join(path.dirname(desk.folder), "clock");
  const set = (to: string): void => writeFileSync(file, `${to}\n`);
  set(offset);
  return {
    environment: {
      LD_PRELOAD: library ?? "",
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_NO_CACHE: "1",
      FAKETIME_DONT_FAKE_MONOTONIC: "1",
    },
    set,
  };
}
