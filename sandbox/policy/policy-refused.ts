import type { IsolationUnavailable } from "../isolation.ts";
import type { PolicyRefusal } from "./check-mounts.ts";

/** A refusal as the port reports it. */
export function policyRefused({ message }: PolicyRefusal): IsolationUnavailable {
  return {
    code: "policy-refused",
    message,
    remedy: "Change the `sandbox` section of your own config: this is never granted, also not with `--yes`.",
  };
}
