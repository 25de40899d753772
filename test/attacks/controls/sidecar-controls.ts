import type { Control } from "./control.ts";

const layers = "language/sidecar/layers.ts";
const plan = "runs/session/plan.ts";
const mounts = "sandbox/policy/check-mounts.ts";

/** What a folder's files ask for beyond the safe defaults is given only with a grant, some of it never. */
export const grantsNeeded: Control = {
  id: "grants-needed",
  off: [
    {
      file: layers,
      from: 'layer.trusted || needs === "free" || (needs === "grant" && context.isGranted(setting, layer))',
      to: "true",
    },
  ],
};

/** Places of the machine that are never mounted, whoever asks. */
export const neverMounted: Control = {
  id: "never-mounted",
  off: [{ file: mounts, from: "(hostRefusal(hostPath.value, places) ??", to: "(undefined ??" }],
};

/** A mount is checked as what it leads to. */
export const mountsResolved: Control = {
  id: "mounts-resolved",
  off: [
    { file: mounts, from: "const real = realpathSync.native(hostPath);", to: "const real = hostPath;" },
    {
      file: mounts,
      from: "if (!status.isDirectory() && !status.isFile())",
      to: "if (!status.isDirectory() && !status.isFile() && !status.isSymbolicLink())",
    },
  ],
};

/** No grant lets a run write over the workspace past the path policy. */
export const workspaceNotMounted: Control = {
  id: "workspace-not-mounted",
  off: [
    {
      file: "runs/session/volumes.ts",
      from: "const checked = known.ok && !volume.trusted ? withoutPolicies(known.value, workspaceRoot) : known;",
      to: "const checked = known;",
    },
  ],
};

/** Variables that change how Node or the loader starts are refused. */
export const startingVariables: Control = {
  id: "starting-variables",
  off: [{ file: "sandbox/policy/check-policy.ts", from: ": startingNames.test(name)", to: ": false" }],
};

/** Code of plugins comes from the workspace alone. */
export const pluginsInside: Control = {
  id: "plugins-inside",
  off: [
    {
      file: "runs/session/plugins.ts",
      from: "if (!trusted && !(await isWithin(hostPath, workspaceRoot)))",
      to: "if (false)",
    },
  ],
};

/** Aliases stand for a bounded number of values. */
export const boundedAliases: Control = {
  id: "bounded-aliases",
  off: [
    {
      file: "language/sidecar/yaml-checks.ts",
      from: "return this.#aliasCount <= maximumAliases && this.#copies <= maximumCopies;",
      to: "return true;",
    },
  ],
};

/** A file that can't be read exactly stops the start. */
export const brokenFileStops: Control = {
  id: "broken-file-stops",
  off: [{ file: plan, from: "if (broken) return fail(configProblem(broken));", to: "" }],
};

/** A file of the folder that is a link is refused. */
export const linksRefused: Control = {
  id: "links-refused",
  off: [
    {
      file: "runs/session/source-files.ts",
      from: "const noFollow = options.followLinks ? 0 : constants.O_NOFOLLOW;",
      to: "const noFollow = 0;",
    },
  ],
};

/** A grant is for exactly one content at one place. */
export const grantsForOneContent: Control = {
  id: "grants-for-one-content",
  off: [
    {
      file: "runs/trust/asked-entries.ts",
      from: "return sha256(JSON.stringify([hostFile, content]));",
      to: 'return sha256("any");',
    },
    { file: "runs/trust/grant-store.ts", from: "entry.content === content && JSON", to: "JSON" },
  ],
};

/** The plan is made again at the moment of the start, and another one is not started. */
export const planMadeAgain: Control = {
  id: "plan-made-again",
  off: [
    {
      file: "runs/session/start-run.ts",
      from: "if (now.value.manifest !== plan.manifest) return fail(changedSincePlanned(plan));",
      to: "",
    },
  ],
};

/** Config is data: nothing of it, and no `.env`, becomes a variable of this process. The original did both. */
export const configIsData: Control = {
  id: "config-is-data",
  off: [
    {
      file: plan,
      from: "const layers = await configLayers(files, workspaceRoot);",
      to: `const layers = await configLayers(files, workspaceRoot);
  for (const { read } of layers) for (const [key, value] of Object.entries(read.config ?? {})) if (typeof value === "string") process.env[key] = value;
  try { process.loadEnvFile(workspaceRoot + "/.env"); } catch {}`,
    },
  ],
};

/** The search for config files ends at the root of the workspace. */
export const searchEnds: Control = {
  id: "search-ends",
  off: [
    {
      file: "runs/session/config-files.ts",
      from: "const folders = [\n    workspaceRoot,",
      to: "const folders = [\n    path.dirname(workspaceRoot), workspaceRoot,",
    },
  ],
};

/** Programs are looked for in absolute places only. */
export const absolutePrograms: Control = {
  id: "absolute-programs",
  off: [
    { file: "sandbox/find-node.ts", from: "if (pinned) return ok(pinned);", to: "void pinned;" },
    {
      file: "sandbox/find-node.ts",
      from: ".filter((folder) => path.isAbsolute(folder) && !(isForeign && contains(workFolder, folder)))",
      to: ".filter(() => isForeign || home)",
    },
  ],
};

/** Git is never run; what it ignores is read from its files. */
export const gitNotRun: Control = {
  id: "git-not-run",
  off: [
    {
      file: "sandbox/workspace/outer-ignore-rules.ts",
      from: "const repository = await repositoryOf(real);",
      to: '(await import("node:child_process")).spawnSync("git", ["-C", root, "status", "--porcelain"]); const repository = await repositoryOf(real);',
    },
  ],
};

/** Grants lie in an absolute place of the person, never in a folder that a command is called from. */
export const grantsOutside: Control = {
  id: "grants-outside",
  off: [
    {
      file: "runs/trust/data-folder.ts",
      from: "if (named && path.isAbsolute(named)) return named;",
      to: "if (named) return named;",
    },
  ],
};
