import type { PrimitiveEntry } from "./entries.ts";
import { checkpointFunction, checkpointPrimitive, stepPrimitive } from "./primitives/checkpoint.ts";
import { filePrimitive } from "./primitives/file.ts";
import { iterationsPrimitive, retryPrimitive, sleepPrimitive, stopPrimitive } from "./primitives/flow.ts";
import { hostPrimitive, systemPrimitive } from "./primitives/host.ts";
import { humanPrimitive } from "./primitives/human.ts";
import { jsonPrimitive } from "./primitives/json.ts";
import { logPrimitive } from "./primitives/log.ts";
import { messageHistoryPrimitive } from "./primitives/message-history.ts";
import { procedurePrimitive } from "./primitives/procedure.ts";
import { statePrimitive } from "./primitives/state.ts";
import { toolPrimitive, toolsetPrimitive } from "./primitives/tool.ts";

/** What a running procedure may call. */
export const primitives: readonly PrimitiveEntry[] = [
  checkpointFunction,
  checkpointPrimitive,
  filePrimitive,
  hostPrimitive,
  humanPrimitive,
  iterationsPrimitive,
  jsonPrimitive,
  logPrimitive,
  messageHistoryPrimitive,
  procedurePrimitive,
  retryPrimitive,
  sleepPrimitive,
  statePrimitive,
  stepPrimitive,
  stopPrimitive,
  systemPrimitive,
  toolPrimitive,
  toolsetPrimitive,
];
