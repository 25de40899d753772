import type { IsolationUnavailable } from "./isolation.ts";

/** The failure of a start whose signal was aborted. */
export const startCancelled: IsolationUnavailable = {
  code: "start-failed",
  message: "The start was cancelled.",
  remedy: "Nothing was left behind; start again.",
};
