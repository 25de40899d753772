import type { JsonObject } from "#common/json.ts";
import type { AgentEnvironment } from "../agents/agent-environment.ts";
import type { CheckpointRecorder } from "../checkpoints/checkpoint-recorder.ts";
import type { ContextRegistry } from "../contexts/context-registry.ts";
import type { MockBook } from "../mocks/mock-book.ts";
import type { ModelRegistry } from "../models/model-registry.ts";
import type { FieldSchemas, RuntimePorts } from "../ports.ts";
import type { ChildPrograms } from "../procedures/child-programs.ts";
import type { ProcedureCaller } from "../procedures/procedure-caller.ts";
import type { ProcedureRegistry } from "../procedures/procedure-registry.ts";
import type { SpawnedPrograms } from "../procedures/spawned-programs.ts";
import type { RunRecorder } from "../recording/run-recorder.ts";
import type { OutputSchema } from "../schema/output-schema.ts";
import type { IterationCounter, StopNote } from "../state/loop-notes.ts";
import type { StateStore } from "../state/state-store.ts";
import type { TaskRegistry } from "../tasks/task-registry.ts";
import type { ExternalTools } from "../tools/external-tools.ts";
import type { ToolRegistry } from "../tools/tool-registry.ts";
import type { ToolRunner } from "../tools/tool-runner.ts";
import type { Decoder } from "../vm/decode.ts";
import type { Handles } from "../vm/handles.ts";
import type { Vm } from "../vm/vm.ts";
import type { AgentRegistry } from "./agent-registry.ts";
import type { DeclaredTests } from "./declared-tests.ts";
import type { Settings } from "./settings.ts";

/** What the primitives of one run work on. */
export interface RunContext {
  /** The file that is run, relative to the workspace. */
  readonly file: string;
  readonly vm: Vm;
  readonly handles: Handles;
  readonly decoder: Decoder;
  readonly ports: RuntimePorts;
  readonly recorder: RunRecorder;
  readonly checkpoints: CheckpointRecorder;
  readonly mocks: MockBook;
  readonly state: StateStore;
  readonly toolRunner: ToolRunner;
  /** Tools of MCP servers, plugins and the host. */
  readonly external: ExternalTools;
  readonly tools: ToolRegistry;
  /** What agents, models and prompt modules need of the run. */
  readonly environment: AgentEnvironment;
  readonly agents: AgentRegistry;
  readonly models: ModelRegistry;
  readonly procedures: ProcedureRegistry;
  readonly caller: ProcedureCaller;
  /** Other files, run inside this run. */
  readonly programs: ChildPrograms;
  readonly spawned: SpawnedPrograms;
  readonly tasks: TaskRegistry;
  readonly contexts: ContextRegistry;
  readonly settings: Settings;
  readonly declarations: Declarations;
  readonly stop: StopNote;
  readonly iterations: IterationCounter;
  /** Agents and models without a declared mock are answered automatically. */
  readonly mock: boolean;
  /** Nobody is asked: questions have a fixed answer by their kind. */
  readonly automaticPeople: boolean;
}

/** What a file declares beside agents, tools and procedures. */
export interface Declarations {
  /** `input {…}` and `output {…}` at the top level. */
  input: FieldSchemas | undefined;
  output: OutputSchema | undefined;
  /** `Hitl("name", {…})`: options of a `Human.*` call with that `config_key`. */
  readonly humanPoints: Map<string, JsonObject>;
  /** Names what was assigned to variables so far. */
  nameAssigned: () => void;
  /** Notes the path of a file that is being loaded, so that errors in it are placed. */
  loaded: (file: string) => void;
  /** Specifications, custom steps, evaluations. */
  readonly tests: DeclaredTests;
  /** True once the entry point is called. */
  workflowStarted: boolean;
}
