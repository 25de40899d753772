import type { Control, Mutation } from "./control.ts";

const options = "sandbox/docker/container-options.ts";
const policy = "sandbox/policy/check-policy.ts";
const mounts = "sandbox/policy/check-mounts.ts";

/** Node's own permission model is a wall behind those of the container: what only the container holds is shown without it. */
const withoutPermissionModel: Mutation = {
  file: "sandbox/policy/node-arguments.ts",
  from: ".mjs`].join(separator),\n  ];",
  to: ".mjs`].join(separator),\n  ].filter((argument) => !/^--(permission|allow-)/.test(argument));",
};

const everySystemCall: Mutation = {
  file: options,
  from: "{systemCalls(policy)}",
  to: '{"unconfined"}',
};
const everyCapability: Mutation = { file: options, from: 'CapDrop: ["ALL"]', to: "CapDrop: []" };
const largeFiles: Mutation = {
  file: options,
  from: "largestFile = policy.python ? temporaryBytes : 0",
  to: "largestFile = 1e9",
};
const asRoot: Mutation = { file: options, from: "    User: user,", to: '    User: "0:0",' };
const differencesPassed: Mutation = {
  file: "sandbox/docker/effective-settings.ts",
  from: "  return [\n    ...configDifferences(",
  to: "  return []; [\n    ...configDifferences(",
};

/** No network: none in the container, no system call that makes a socket, and Node's own refusal. */
export const noNetwork: Control = {
  id: "no-network",
  off: [
    { file: options, from: "NetworkMode: policy.network", to: 'NetworkMode: "host"' },
    everySystemCall,
    withoutPermissionModel,
  ],
};

/** A read-only root, and an ordinary user to whom nothing in it belongs. */
export const readOnlyRoot: Control = {
  id: "read-only-root",
  off: [
    { file: options, from: "ReadonlyRootfs: true", to: "ReadonlyRootfs: false" },
    everyCapability,
    asRoot,
    largeFiles,
    everySystemCall,
    withoutPermissionModel,
  ],
};

/** System calls on a list: without it files are made in memory, programs started, sockets opened. */
export const systemCalls: Control = {
  id: "system-calls",
  off: [everySystemCall, largeFiles, withoutPermissionModel],
};

/** Nothing that was written can be executed. */
export const nothingExecutable: Control = {
  id: "nothing-executable",
  off: [
    { file: options, from: "`rw,noexec,nosuid", to: "`rw,exec,nosuid" },
    everySystemCall,
    largeFiles,
    withoutPermissionModel,
  ],
};

/** No capabilities, an ordinary user. */
export const noCapabilities: Control = {
  id: "no-capabilities",
  off: [everyCapability, asRoot, everySystemCall, withoutPermissionModel],
};

/** No shared memory beside what counts as the container's. */
export const noSharedMemory: Control = {
  id: "no-shared-memory",
  off: [
    { file: options, from: 'IpcMode: "none"', to: 'IpcMode: "private"' },
    everySystemCall,
    largeFiles,
    withoutPermissionModel,
  ],
};

/** A number of processes and threads. */
export const processLimit: Control = {
  id: "process-limit",
  off: [{ file: options, from: "PidsLimit: policy.processes", to: "PidsLimit: 5000" }],
};

/** An amount of memory, swap included. */
export const memoryLimit: Control = {
  id: "memory-limit",
  off: [
    { file: options, from: "Memory: policy.memoryBytes", to: "Memory: policy.memoryBytes * 4" },
    { file: options, from: "MemorySwap: policy.memoryBytes", to: "MemorySwap: policy.memoryBytes * 4" },
  ],
};

/** The engine keeps nothing of the output. */
export const noEngineLog: Control = {
  id: "no-engine-log",
  off: [{ file: options, from: 'LogConfig: { Type: "none"', to: 'LogConfig: { Type: "json-file"' }],
};

/** The name of the container is no handle of the engine's. */
export const plainHostName: Control = {
  id: "plain-host-name",
  off: [{ file: options, from: '    Hostname: "sandbox",\n', to: "" }, differencesPassed],
};

/** No policy, however trusted, puts the container into the host's network. */
export const noHostNetwork: Control = {
  id: "no-host-network",
  off: [{ file: policy, from: "!sharedNetwork.test(network)", to: "true" }],
};

/** No policy, however trusted, mounts the engine's socket. */
export const noEngineSocket: Control = {
  id: "no-engine-socket",
  off: [
    { file: mounts, from: "if (!status.isDirectory() && !status.isFile())", to: "if (false)" },
    { file: mounts, from: "(hostRefusal(hostPath.value, places) ??", to: "(undefined ??" },
  ],
};

/** A number of open files. */
export const openFileLimit: Control = {
  id: "open-file-limit",
  off: [
    {
      file: options,
      from: 'Name: "nofile", Soft: 256, Hard: 256',
      to: 'Name: "nofile", Soft: 4096, Hard: 4096',
    },
  ],
};

/** The engine removes a container that has ended. */
export const removedByTheEngine: Control = {
  id: "removed-by-the-engine",
  off: [{ file: options, from: "AutoRemove: true", to: "AutoRemove: false" }, differencesPassed],
};

/** The settings of a container are read back before it is started. */
export const settingsReadBack: Control = { id: "settings-read-back", off: [differencesPassed] };

/** A run that asks for a second kernel is given that one or none. */
export const runtimeAsAsked: Control = {
  id: "runtime-as-asked",
  off: [
    {
      file: "sandbox/docker/container-runtime.ts",
      from: "=== undefined ? fail(runtimeMissing(info)) : ok(undefined)",
      to: "=== undefined || true ? ok(undefined) : fail(runtimeMissing(info))",
    },
    {
      file: options,
      from: '...(policy.containerRuntime === "default" ? {} : { Runtime: policy.containerRuntime }),',
      to: "",
    },
  ],
};

/** Programs beside the runtime are started in a container, or nowhere. */
export const programsInContainers: Control = {
  id: "programs-in-containers",
  off: [
    {
      file: "sandbox/embedded/embedded-isolation.ts",
      from: "    if (policy.childProcesses) return fail(noProgramsHere);\n",
      to: "",
    },
  ],
};
