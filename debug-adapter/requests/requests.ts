import { breakpointRequests } from "./breakpoints.ts";
import { lifecycleRequests } from "./lifecycle.ts";
import { lookingRequests } from "./looking.ts";
import { movingRequests } from "./moving.ts";
import type { RequestHandler } from "./request.ts";

/** Every command that the adapter answers. */
export const requests: Readonly<Record<string, RequestHandler>> = {
  ...lifecycleRequests,
  ...breakpointRequests,
  ...movingRequests,
  ...lookingRequests,
};
