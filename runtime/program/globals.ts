import type { JsonObject } from "#common/json.ts";
import type { LuaFunction, LuaValue } from "#lua/engine.ts";
import type { RunContext } from "../declarations/run-context.ts";
import { classifyProcedure } from "../library/text/classify-procedure.ts";
import { agentPrimitive, standaloneAgentPrimitive } from "../primitives/agent.ts";
import { checkpointPrimitives } from "../primitives/checkpoint.ts";
import { classifyPrimitive } from "../primitives/classify.ts";
import { contextDeclarations } from "../primitives/contexts.ts";
import {
  hitlDeclaration,
  inertDeclarations,
  matchers,
  mocksDeclaration,
} from "../primitives/declared-texts.ts";
import { fieldPrimitive } from "../primitives/field.ts";
import { filePrimitive } from "../primitives/file.ts";
import { filtersPrimitive } from "../primitives/filters.ts";
import { historyPrimitive } from "../primitives/history.ts";
import { hostPrimitive } from "../primitives/host.ts";
import { humanPrimitive } from "../primitives/human.ts";
import { includeTasksDeclaration } from "../primitives/include-tasks.ts";
import { jsonPrimitive } from "../primitives/json.ts";
import { currentLanguageModelPrimitive, languageModelPrimitive } from "../primitives/language-model.ts";
import { logPrimitive } from "../primitives/log.ts";
import { mcpPrimitive } from "../primitives/mcp.ts";
import { messagePrimitive } from "../primitives/message.ts";
import { messageHistoryPrimitive } from "../primitives/message-history.ts";
import { modelPrimitive } from "../primitives/model.ts";
import { procedureDeclaration, procedureLookup } from "../primitives/procedure.ts";
import { modulePrimitive, signaturePrimitive } from "../primitives/prompt-module.ts";
import { inputDeclaration, outputDeclaration } from "../primitives/schemas.ts";
import { stagePrimitive } from "../primitives/stage.ts";
import { statePrimitives } from "../primitives/state.ts";
import { iterationsPrimitive, stopPrimitive } from "../primitives/stop.ts";
import { systemPrimitive } from "../primitives/system.ts";
import { taskDeclaration, taskFunctionDeclaration } from "../primitives/task.ts";
import { testDeclarations } from "../primitives/tests.ts";
import { toolDeclaration, toolLookup } from "../primitives/tool.ts";
import { toolsetDeclaration, toolsetLookup } from "../primitives/toolset.ts";
import { retryPrimitive, sleepPrimitive } from "../primitives/waiting.ts";

/** Names that Lua may call while the file itself runs: declarations, schemas, and what needs no run around it. */
export function installDeclarations(context: RunContext, require: LuaFunction): void {
  const { decoder, ports, state, vm } = context;
  install(context, {
    require,
    field: fieldPrimitive(vm, decoder),
    filters: filtersPrimitive(vm),
    params: vm.engine.createTable(),
    input: inputDeclaration(context),
    output: outputDeclaration(context),
    Agent: agentPrimitive(context),
    Classify: classifyPrimitive(context),
    ClassifyProcedure: classifyProcedure(context),
    DSPyAgent: standaloneAgentPrimitive(context),
    History: historyPrimitive(vm),
    LM: languageModelPrimitive(context),
    Message: messagePrimitive(vm),
    Module: modulePrimitive(context),
    Signature: signaturePrimitive(context),
    get_current_lm: currentLanguageModelPrimitive(context),
    Tool: toolDeclaration(context),
    Toolset: toolsetDeclaration(context),
    mcp: mcpPrimitive(context),
    Model: modelPrimitive(context),
    Procedure: procedureDeclaration(context),
    Task: taskDeclaration(context),
    TaskFunction: taskFunctionDeclaration(context),
    IncludeTasks: includeTasksDeclaration(context),
    Mocks: mocksDeclaration(context),
    Hitl: hitlDeclaration(context),
    Log: logPrimitive(vm, ports),
    System: systemPrimitive(vm, ports),
    ...statePrimitives(vm, state),
    ...inertDeclarations(context),
    ...testDeclarations(context),
    ...matchers(context),
    ...contextDeclarations(context),
  });
}

/** Names that change or appear when the entry point is about to be called. */
export function installWorkflow(context: RunContext, input: JsonObject): void {
  const { checkpoints, ports, vm } = context;
  const messages = messageHistoryPrimitive(vm, ports);
  install(context, {
    ...checkpointPrimitives(vm, checkpoints),
    input: vm.decode(input),
    Tool: toolLookup(context),
    Toolset: toolsetLookup(context),
    Procedure: procedureLookup(context),
    File: filePrimitive(vm, ports),
    Host: hostPrimitive(context),
    Human: humanPrimitive(context),
    Iterations: iterationsPrimitive(vm, context.iterations),
    Json: jsonPrimitive(vm),
    MessageHistory: messages,
    Session: messages,
    Stage: stagePrimitive(vm, ports),
    Retry: retryPrimitive(vm, ports),
    Sleep: sleepPrimitive(vm, ports),
    Stop: stopPrimitive(vm, context.stop),
  });
}

/** Sets globals past the hook that names declarations. */
function install({ vm }: RunContext, values: Readonly<Record<string, LuaValue>>): void {
  for (const [name, value] of Object.entries(values)) vm.engine.globals.set(name, value);
}
