import type { HandleEntry } from "./entries.ts";
import { agentHandle, historyHandle, messageHandle, turnHandle } from "./handles/agent.ts";
import { classifierHandles } from "./handles/classifier.ts";
import { contextHandles } from "./handles/context.ts";
import { modelHandle, predictionHandle } from "./handles/model.ts";
import { procedureHandle, procedureRunHandle } from "./handles/procedure.ts";
import { promptModuleHandles } from "./handles/prompt-module.ts";
import { retrieverModuleHandle } from "./handles/retriever-module.ts";
import { stepHandle } from "./handles/step-context.ts";
import { taskHandles } from "./handles/task.ts";
import { textToolHandles } from "./handles/text-tools.ts";
import { toolHandle, toolsetHandle } from "./handles/tool.ts";

/** What the values offer that declarations and calls give back, by kind. */
export const handles: readonly HandleEntry[] = [
  agentHandle,
  turnHandle,
  historyHandle,
  messageHandle,
  toolHandle,
  toolsetHandle,
  procedureHandle,
  procedureRunHandle,
  modelHandle,
  predictionHandle,
  stepHandle,
  ...classifierHandles,
  ...textToolHandles,
  ...promptModuleHandles,
  ...contextHandles,
  retrieverModuleHandle,
  ...taskHandles,
];
