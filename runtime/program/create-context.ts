import type { JsonObject } from "#common/json.ts";
import type { LuaEngine, LuaTable } from "#lua/engine.ts";
import type { StartMessage } from "#protocol/wire/messages.ts";
import type { AgentEnvironment } from "../agents/agent-environment.ts";
import type { CheckpointRecorder } from "../checkpoints/checkpoint-recorder.ts";
import { ContextRegistry } from "../contexts/context-registry.ts";
import { AgentRegistry } from "../declarations/agent-registry.ts";
import { DeclaredTests } from "../declarations/declared-tests.ts";
import type { Declarations, RunContext } from "../declarations/run-context.ts";
import { Settings } from "../declarations/settings.ts";
import { MockBook } from "../mocks/mock-book.ts";
import { ModelRegistry } from "../models/model-registry.ts";
import type { RuntimePorts } from "../ports.ts";
import type { ChildPrograms } from "../procedures/child-programs.ts";
import { ProcedureCaller } from "../procedures/procedure-caller.ts";
import { ProcedureRegistry } from "../procedures/procedure-registry.ts";
import { SpawnedPrograms } from "../procedures/spawned-programs.ts";
import type { RunRecorder } from "../recording/run-recorder.ts";
import { IterationCounter, StopNote } from "../state/loop-notes.ts";
import { StateStore } from "../state/state-store.ts";
import { TaskRegistry } from "../tasks/task-registry.ts";
import { ExternalTools } from "../tools/external-tools.ts";
import { hostToolSource } from "../tools/host-tool-source.ts";
import { mcpToolSource } from "../tools/mcp-tool-source.ts";
import { pluginToolSource } from "../tools/plugin-tool-source.ts";
import { ToolRegistry } from "../tools/tool-registry.ts";
import { ToolRunner } from "../tools/tool-runner.ts";
import { Decoder } from "../vm/decode.ts";
import { Handles, tagKey } from "../vm/handles.ts";
import { Vm } from "../vm/vm.ts";

export interface ContextParts {
  readonly start: Pick<
    StartMessage,
    "file" | "settings" | "mock" | "seed" | "plugins" | "mcpServers" | "work"
  >;
  readonly engine: LuaEngine;
  readonly ports: RuntimePorts;
  readonly recorder: RunRecorder;
  /** Of the run that this program is, or is a part of. */
  readonly checkpoints: CheckpointRecorder;
  readonly programs: ChildPrograms;
  /** Input of the run, once it is known. */
  readonly runInput: () => JsonObject;
}

/** Builds what the primitives of one run work on. */
export function createContext(parts: ContextParts): RunContext {
  const { start, engine, ports, recorder, checkpoints, runInput, programs } = parts;
  const vm = new Vm(engine);
  const handles = new Handles(vm);
  const mocks = new MockBook();
  const state = new StateStore(vm, ports, recorder);
  const external = new ExternalTools();
  external.add(hostToolSource(ports));
  external.add(mcpToolSource({ ports, servers: start.mcpServers, mock: start.mock }));
  external.add(pluginToolSource({ ports, plugins: start.plugins, mock: start.mock }));
  const toolRunner = new ToolRunner({
    vm,
    ports,
    recorder,
    checkpoints,
    mocks,
    external,
    mock: start.mock,
  });
  const defaults = start.settings.defaultToolsets;
  const warn = (message: string): void => ports.emit({ type: "log", level: "warn", message });
  const tools = new ToolRegistry({ runner: toolRunner, external, mock: start.mock, defaults, warn });
  vm.special = (table) => specialJson(vm, handles, state, table);
  const contexts = new ContextRegistry(ports, start.file, mocks);
  const environment: AgentEnvironment = {
    ports,
    recorder,
    mocks,
    tools,
    contexts,
    mock: start.mock,
    state: () => state.snapshot(),
    runInput,
    random: seededRandom(start.seed),
  };
  return {
    file: start.file,
    vm,
    handles,
    decoder: new Decoder(vm, handles),
    ports,
    recorder,
    checkpoints,
    mocks,
    state,
    toolRunner,
    external,
    tools,
    environment,
    agents: new AgentRegistry(environment),
    models: new ModelRegistry(environment),
    procedures: new ProcedureRegistry(),
    caller: new ProcedureCaller(vm, state, recorder),
    programs,
    tasks: new TaskRegistry(),
    contexts,
    spawned: new SpawnedPrograms(checkpoints, ports),
    settings: new Settings(start.settings),
    declarations: emptyDeclarations(),
    stop: new StopNote(),
    iterations: new IterationCounter(),
    mock: start.mock,
    automaticPeople: start.mock || start.work !== undefined,
  };
}

function emptyDeclarations(): Declarations {
  return {
    input: undefined,
    output: undefined,
    humanPoints: new Map(),
    nameAssigned: () => {},
    loaded: () => {},
    tests: new DeclaredTests(),
    workflowStarted: false,
  };
}

/** A handle is written as its name, the result of a turn as its output, the state as its values. */
function specialJson(vm: Vm, handles: Handles, state: StateStore, table: LuaTable): string | undefined {
  const tag = table.getMetatable()?.get(tagKey);
  if (tag === "handle") return JSON.stringify(handles.of(table)?.name ?? null);
  if (tag === "result") return vm.encodeText(table.exact("output"), "The output of an agent");
  return tag === "state" ? vm.encodeText(state.values, "State") : undefined;
}

/** Numbers from 0 to 1 that are the same for the same seed (Mulberry32). */
function seededRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
