import type { PrimitiveEntry } from "./entries.ts";
import { checkpointFunction, checkpointPrimitive, stepPrimitive } from "./primitives/checkpoint.ts";
import {
  hostPrimitive,
  iterationsPrimitive,
  procedurePrimitive,
  retryPrimitive,
  sleepPrimitive,
  stopPrimitive,
  systemPrimitive,
} from "./primitives/control.ts";
import { filePrimitive, jsonPrimitive, logPrimitive, messageHistoryPrimitive } from "./primitives/data.ts";
import { humanPrimitive } from "./primitives/human.ts";
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
