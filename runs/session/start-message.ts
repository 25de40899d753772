import { randomBytes, randomInt } from "node:crypto";
import type { RunEventOf } from "#protocol/events/events.ts";
import type { CaseWork } from "#protocol/wire/cases.ts";
import { wireVersion } from "#protocol/wire/limits.ts";
import type { StartMessage } from "#protocol/wire/messages.ts";
import type { RecordedStart } from "#protocol/wire/recorded.ts";
import type { RecordedRun } from "#runs/journal/recorded-run.ts";
import { placedServers } from "#runs/session/mcp-servers.ts";
import type { Plan } from "#runs/session/plan.ts";

/** What makes a run repeatable beside its plan: the same in all its parts. */
export interface RunOrigin {
  readonly seed: number;
  /** Milliseconds since 1970. */
  readonly time: number;
}

export function newOrigin(): RunOrigin {
  return { seed: randomInt(2 ** 31), time: Date.now() };
}

/** What a start message says beside the plan. */
export interface StartParts {
  readonly origin: RunOrigin;
  /** The past of a run that is resumed. */
  readonly recorded?: RecordedStart | undefined;
  /** Cases to be run in place of the file. */
  readonly work?: CaseWork | undefined;
  /** Whether a debugger is there. */
  readonly debug?: boolean;
}

type StartedEvent = Omit<RunEventOf<"run.started">, "seq" | "time">;

/**
 * The first event of a run, or of a further part of it: what was asked for, and under which plan. Without an origin
 * it can't be resumed.
 */
export function startedEvent(
  plan: Plan,
  run: string,
  { origin, resumed }: { readonly origin: RunOrigin | undefined; readonly resumed: boolean },
): StartedEvent {
  const { procedure, textInput, mock, timeoutSeconds } = plan.request;
  return {
    type: "run.started",
    run,
    file: plan.file,
    procedure: plan.procedure,
    input: { ...sidecarInput(plan), ...plan.request.textInput, ...plan.request.input },
    isolation: plan.isolation,
    manifest: plan.manifest,
    ungranted: plan.ungranted.map(({ capability, target }) => ({ capability, target })),
    resumed,
    workspace: plan.workspace,
    ...(plan.request.trial && { revision: plan.request.trial.files.name }),
    ...(origin && {
      origin: {
        ...origin,
        input: { ...sidecarInput(plan), ...plan.request.input },
        textInput,
        mock,
        ...(procedure !== undefined && { procedure }),
        ...(timeoutSeconds !== undefined && { timeoutSeconds }),
      },
    }),
  };
}

/** Values of the sidecar for inputs that the request does not give. */
function sidecarInput({ config, request }: Plan): StartMessage["input"] {
  return Object.fromEntries(
    Object.entries(config.inputs).filter(([name]) => !Object.hasOwn(request.textInput, name)),
  );
}

/** What the sandbox is told of the past of a run. */
export function recordedStart(
  { completed, started }: RecordedRun,
  { workspace }: Plan,
  goal: "resume" | "replay",
): RecordedStart {
  const { forkedFrom } = started;
  return {
    entries: completed,
    replayOnly: goal === "replay",
    ...(forkedFrom && { edits: forkedFrom.edits }),
    ...(forkedFrom && goal === "resume" && workspace === "copy" && { rewritesFiles: true }),
  };
}

/** The plugins, and what is asked for in vain; nothing where the config names none. */
function pluginStart({ plugins, ungranted, isolation }: Plan): Pick<StartMessage, "plugins"> {
  const withheld = ungranted
    .filter(({ capability }) => capability === "tool.plugin")
    .map(({ target }) => target);
  if (plugins.length === 0 && withheld.length === 0) return {};
  return { plugins: { runnable: isolation === "docker", sources: plugins, withheld } };
}

/** What the sandbox gets to know: sources, inputs and limits; no host path, no key. */
export function startMessage(
  plan: Plan,
  run: string,
  { origin, recorded, work, debug }: StartParts,
): StartMessage {
  const { defaultProvider, defaultModel, defaultToolsets } = plan.config;
  return {
    kind: "start",
    version: wireVersion,
    nonce: randomBytes(16).toString("hex"),
    run,
    file: plan.file,
    source: plan.source,
    ...(plan.request.procedure !== undefined && { procedure: plan.request.procedure }),
    modules: plan.modules,
    programs: plan.programs,
    input: { ...sidecarInput(plan), ...plan.request.input },
    textInput: plan.request.textInput,
    settings: {
      ...(defaultProvider !== undefined && { defaultProvider }),
      ...(defaultModel !== undefined && { defaultModel }),
      ...(defaultToolsets.length > 0 && { defaultToolsets }),
    },
    ...(Object.keys(plan.config.mcpServers).length > 0 && { mcpServers: placedServers(plan.config) }),
    ...pluginStart(plan),
    limits: plan.limits,
    mock: plan.request.mock,
    seed: origin.seed,
    startTime: origin.time,
    ...(recorded && { recorded }),
    ...(plan.workspace === "none" && { filesInMemory: true }),
    ...(work && { work }),
    ...(debug && { debug }),
  };
}
