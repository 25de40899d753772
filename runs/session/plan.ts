import type { SpendingLimits } from "#broker/spending/spending-limits.ts";
import { fail, ok, type Result } from "#common/result.ts";
import type { Diagnostic } from "#language/diagnostics/diagnostic.ts";
import {
  type Decision,
  type Demand,
  type Resolution,
  type ResolutionContext,
  resolveLayers,
} from "#language/sidecar/layers.ts";
import type { ResolvedConfig } from "#language/sidecar/resolved-config.ts";
import type { KnownProgram, RunLimits } from "#protocol/wire/messages.ts";
import type { PluginSource } from "#protocol/wire/plugins.ts";
import { type ConfigFileText, readConfigFiles } from "#runs/session/config-files.ts";
import { configLayers } from "#runs/session/config-layers.ts";
import { contentsHash, manifestHash } from "#runs/session/manifest-hash.ts";
import { serversVolume } from "#runs/session/mcp-servers.ts";
import { areAllModules, type Modules, readModules, relativePath } from "#runs/session/modules.ts";
import { type Plugins, readPlugins } from "#runs/session/plugins.ts";
import { readPrograms } from "#runs/session/programs.ts";
import { runPolicy } from "#runs/session/run-policy.ts";
import type { RunRequest, StartProblem, WorkspaceMode } from "#runs/session/session.ts";
import {
  type FileProblem,
  maximumSourceBytes,
  readTextFile,
  textFilesOf,
} from "#runs/session/source-files.ts";
import { type MountedVolumes, mountVolumes } from "#runs/session/volumes.ts";
import { trialConfig } from "#runs/trial/trial.ts";
import type { AskedEntry } from "#runs/trust/asked-entries.ts";
import type { IsolationName, SandboxPolicy } from "#sandbox/isolation.ts";

/**
 * Everything that decides what a run may do, resolved before anything runs: what was reviewed is what runs.
 */
export interface Plan {
  readonly request: RunRequest;
  /** Relative to the workspace root, with forward slashes. */
  readonly file: string;
  readonly source: string;
  readonly modules: Modules;
  /** Files that this one runs or includes. */
  readonly programs: readonly KnownProgram[];
  /** All code that is named by literal names is among them. */
  readonly isWhole: boolean;
  /** Texts of the Python plugins. */
  readonly plugins: readonly PluginSource[];
  /** Name of the procedure that runs, as far as the text shows it. */
  readonly procedure: string;
  readonly isolation: IsolationName;
  /** Name of the container image, with its content's hash; undefined when there is none. */
  readonly image: string | undefined;
  readonly workspace: WorkspaceMode;
  readonly config: ResolvedConfig;
  /** What the files ask for, one by one, and what was given. */
  readonly decisions: readonly Decision[];
  readonly limits: RunLimits;
  /** What it may spend on models and tool calls. */
  readonly spending: SpendingLimits;
  readonly policy: Omit<SandboxPolicy, "run">;
  readonly ungranted: readonly Demand[];
  /** What the folder's files ask for beyond what anybody may, granted or not. */
  readonly asked: readonly AskedEntry[];
  /** For people: what differs from what they may expect. */
  readonly notices: readonly string[];
  /** SHA-256 over the bytes of everything that was read from the folder: a grant does not change it. */
  readonly contents: string;
  /** SHA-256 over these contents, what was granted of them, the merged config and the image. */
  readonly manifest: string;
}

/** Resolves a request into a plan, or says why nothing can be started. Nothing is written or started. */
export async function preparePlan(request: RunRequest): Promise<Result<Plan, StartProblem>> {
  const source = await readProcedure(request);
  if (!source.ok) return source;
  const { workspaceRoot, file, trial } = request;
  const place = { workspaceRoot, file, tree: trial?.files };
  const modules = await readModules(place, source.value);
  const { programs, areAll } = await readPrograms(place, source.value);
  const files = await readConfigFiles(place);
  if (!files.ok) return fail(fileProblem(files.error));
  const resolved = await resolveConfig(files.value, request);
  if (!resolved.ok) return resolved;
  const { resolution, asked } = resolved.value;
  const broken = resolution.problems.find(({ severity }) => severity === "error");
  if (broken) return fail(configProblem(broken));
  // In a trial nobody's config chooses the weaker isolation.
  const enabled = trial !== undefined || resolution.config.sandbox.enabled;
  const isolation = request.isolation ?? (enabled ? "docker" : "embedded");
  const volumes = volumesOf(resolution.config, isolation, request);
  if (!volumes.ok) return volumes;
  const plugins = await readPlugins(resolution.config.toolPaths, request.workspaceRoot);
  if (!plugins.ok) return plugins;
  const python = plugins.value.sources.length > 0;
  const image = isolation === "docker" ? await imageName(resolution.config, request, python) : undefined;
  const isWhole = areAll && areAllModules(modules);
  const sources = { source: source.value, modules, programs, isWhole };
  const parts = {
    ...sources,
    resolution,
    asked,
    volumes: volumes.value,
    plugins: plugins.value,
    isolation,
    image,
  };
  const plan = assemble(request, parts);
  const contents = contentsHash(plan, files.value);
  return ok({ ...plan, contents, manifest: manifestHash({ ...plan, contents }) });
}

async function readProcedure(request: RunRequest): Promise<Result<string, StartProblem>> {
  const { file, source, trial, workspaceRoot } = request;
  if (source !== undefined) return ok(source);
  const readFile = trial ? textFilesOf(trial.files, workspaceRoot) : readTextFile;
  const read = await readFile(file, { maximumBytes: maximumSourceBytes, followLinks: true });
  return read.ok ? read : fail(fileProblem(read.error));
}

function volumesOf(
  config: ResolvedConfig,
  isolation: IsolationName,
  { workspaceRoot }: RunRequest,
): Result<MountedVolumes, StartProblem> {
  const servers = isolation === "docker" ? serversVolume(config, workspaceRoot) : undefined;
  return mountVolumes([...config.sandbox.volumes, ...(servers ? [servers] : [])], workspaceRoot);
}

interface ResolvedFiles {
  readonly resolution: Resolution;
  readonly asked: readonly AskedEntry[];
}

/** Config and sidecar folded into one, as far as the person granted it. */
async function resolveConfig(
  files: readonly ConfigFileText[],
  { workspaceRoot, grantAll, folderTrust, trial }: RunRequest,
): Promise<Result<ResolvedFiles, StartProblem>> {
  const layers = await configLayers(files, workspaceRoot);
  const variable = (name: string): string | undefined => process.env[name];
  if (trial || files.every(({ trusted }) => trusted)) {
    const resolution = resolveLayers(layers, { isGranted: () => false, variable });
    const config = trial ? trialConfig(resolution.config, trial) : resolution.config;
    return ok({ resolution: { ...resolution, config }, asked: [] });
  }
  const { readFolderGrants } = await import("#runs/trust/asked-entries.ts");
  const grants = await readFolderGrants(files, layers, workspaceRoot);
  if (!grants.ok) return fail(grantsUnreadable(grants.error));
  const isGranted: ResolutionContext["isGranted"] = (setting, layer) =>
    folderTrust !== "restricted" && (grantAll || grants.value.isGranted(setting, layer));
  const resolution = resolveLayers(layers, { isGranted, variable });
  return ok({ resolution, asked: grants.value.entries(resolution.decisions) });
}

interface PlanParts {
  readonly source: string;
  readonly modules: Modules;
  readonly programs: readonly KnownProgram[];
  readonly isWhole: boolean;
  readonly resolution: Resolution;
  readonly asked: readonly AskedEntry[];
  readonly volumes: MountedVolumes;
  readonly plugins: Plugins;
  readonly isolation: IsolationName;
  readonly image: string | undefined;
}

function assemble(request: RunRequest, parts: PlanParts): Omit<Plan, "contents" | "manifest"> {
  const { source, modules, programs, isWhole, plugins, isolation, image } = parts;
  const { config, decisions, ungranted, problems } = parts.resolution;
  const timeSeconds = request.timeoutSeconds ?? config.sandbox.timeSeconds;
  return {
    request,
    file: relativePath(request.workspaceRoot, request.file),
    source,
    modules,
    programs,
    isWhole,
    procedure: request.procedure ?? procedureName(source),
    isolation,
    image,
    workspace: workspaceOf(request, config),
    config,
    decisions,
    limits: limitsOf(config, timeSeconds),
    spending: config.spending,
    plugins: plugins.sources,
    policy: runPolicy({
      config,
      isolation,
      timeSeconds,
      mounts: parts.volumes.mounts,
      python: plugins.sources.length > 0,
    }),
    ungranted: [...ungranted, ...parts.volumes.refused, ...plugins.refused],
    asked: parts.asked,
    notices: [...problems.map(problemLine), ...isolationNotice(request, isolation)],
  };
}

/** The image that will run: the person's own, else ours by its content; unknown without an installation. */
async function imageName(
  { sandbox }: ResolvedConfig,
  { sandboxSetup }: RunRequest,
  python: boolean,
): Promise<string | undefined> {
  if (sandbox.image !== undefined || !sandboxSetup) return sandbox.image;
  const { describeImage } = await import("#sandbox/docker/runtime-image.ts");
  const image = await describeImage(sandboxSetup, { python });
  return image.ok ? image.value.tag : undefined;
}

/** In a folder that is not trusted nothing makes a run write into the folder itself. */
function workspaceOf(
  { workspace, folderTrust, trial }: RunRequest,
  { sandbox }: ResolvedConfig,
): WorkspaceMode {
  const byConfig =
    sandbox.mountCurrentDir === undefined ? undefined : sandbox.mountCurrentDir ? "mount" : "none";
  const mode = workspace ?? byConfig ?? (folderTrust === "trusted" ? "mount" : "copy");
  return mode === "mount" && (trial || folderTrust === "restricted") ? "copy" : mode;
}

/** The Lua allocator gets half of the sandbox's memory: the rest is Node's, the values in flight, the stacks. */
function limitsOf(config: ResolvedConfig, timeSeconds: number): RunLimits {
  const luaMemoryBytes = Math.min(1024 ** 3, Math.floor(config.sandbox.memoryBytes / 2));
  return { timeSeconds, luaMemoryBytes, instructions: 200_000_000_000, outputBytes: 64 * 1024 ** 2 };
}

/**
 * The main procedure's name: `main`, unless the only Procedure of the file carries a name. Read off the text, since
 * evaluating the file belongs into the sandbox.
 */
function procedureName(source: string): string {
  const names = [...source.matchAll(/\bProcedure\s*\(?\s*(?:"([^"\n]+)"|'([^'\n]+)'|\{)/g)].map(
    (match) => match[1] ?? match[2] ?? "main",
  );
  return names.length === 1 ? (names[0] ?? "main") : "main";
}

function isolationNotice(request: RunRequest, isolation: IsolationName): string[] {
  if (isolation !== "embedded" || request.isolation !== undefined) return [];
  return [
    "`sandbox.enabled: false` in the config: running in the embedded isolation, which is weaker than Docker.",
  ];
}

function problemLine(problem: Diagnostic): string {
  return `${problem.file}:${problem.range.start.line + 1}: ${problem.message}`;
}

function configProblem(problem: Diagnostic): StartProblem {
  return {
    code: problem.code,
    message: problem.message,
    remedy: "Nothing was started, since a config that can't be read exactly could hide what protects you.",
    file: problem.file,
    line: problem.range.start.line + 1,
    exitCode: 2,
  };
}

function grantsUnreadable(message: string): StartProblem {
  return {
    code: "grants-unreadable",
    message,
    remedy:
      "Nothing was started. Correct the file's rights, or delete it: what it granted is then asked for again.",
    exitCode: 2,
  };
}

function fileProblem(problem: FileProblem): StartProblem {
  const code = problem.kind === "missing" ? "file-not-found" : "file-unreadable";
  return { code, message: problem.message, exitCode: 2 };
}
