import type { Json, JsonObject } from "#common/json.ts";
import type { Result } from "#common/result.ts";
import type { Refusal } from "../services.ts";

/** Something a procedure can have done on the host. */
export type HostTool = (
  parameters: JsonObject,
  context: { readonly signal: AbortSignal },
) => Promise<Result<Json, Refusal>>;
