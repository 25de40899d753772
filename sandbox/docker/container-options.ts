import type Docker from "dockerode";
import { imageLayout } from "../image/image-content.ts";
import type { SandboxPolicy } from "../isolation.ts";
import { nodeArguments } from "../policy/node-arguments.ts";
import { labelsOfRun } from "./owner.ts";
import { seccompProfile } from "./seccomp-profile.ts";

const user = `${imageLayout.user}:${imageLayout.user}`;
const temporaryBytes = 64 * 1024 * 1024;
const temporaryFolder = `rw,noexec,nosuid,nodev,size=${temporaryBytes},nr_inodes=4k,uid=${imageLayout.user},gid=${imageLayout.user},mode=0700`;

/**
 * The container that a policy demands, every setting spelled out: defaults of engines differ and change. What these
 * settings do not stop: holes of the kernel and of the engine (a stronger runtime such as runsc narrows them), time
 * as a side channel, and whatever a mount or network from trusted config opens.
 */
export function containerOptions(policy: SandboxPolicy, image: string): Docker.ContainerCreateOptions {
  return {
    Image: image,
    Entrypoint: [imageLayout.node],
    Cmd: nodeArguments(policy, imageLayout.runtimeFolder, "/"),
    WorkingDir: imageLayout.workspace,
    User: user,
    Hostname: "sandbox",
    Domainname: "",
    Env: Object.entries(policy.environment).map(([name, value]) => `${name}=${value}`),
    Labels: labelsOfRun(policy.run, policy.timeSeconds),
    Tty: false,
    OpenStdin: true,
    StdinOnce: true,
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    StopTimeout: 1,
    // An image from the config may bring a check command of its own: none is run.
    Healthcheck: { Test: ["NONE"] },
    HostConfig: hostConfig(policy),
  };
}

/** The client library's types lack this setting of the engine (since 20.10). */
interface HostConfig extends Docker.HostConfig {
  readonly CgroupnsMode: "private" | "host";
}

function hostConfig(policy: SandboxPolicy): HostConfig {
  return {
    ...isolationSettings(policy),
    ...limits(policy),
    AutoRemove: true,
    Init: true,
    RestartPolicy: { Name: "no", MaximumRetryCount: 0 },
    // The default driver writes all output to the host's disk, several times its size.
    LogConfig: { Type: "none", Config: {} },
  };
}

function isolationSettings(policy: SandboxPolicy): HostConfig {
  return {
    NetworkMode: policy.network,
    ...(policy.containerRuntime === "default" ? {} : { Runtime: policy.containerRuntime }),
    IpcMode: "none",
    PidMode: "",
    UTSMode: "",
    UsernsMode: "",
    CgroupnsMode: "private",
    Privileged: false,
    PublishAllPorts: false,
    CapDrop: ["ALL"],
    SecurityOpt: ["no-new-privileges", `seccomp=${systemCalls(policy)}`],
    ReadonlyRootfs: true,
    Tmpfs: { "/tmp": temporaryFolder, [imageLayout.workspace]: temporaryFolder },
    Mounts: policy.mounts.map(({ hostPath, containerPath, writable }) => ({
      Type: "bind",
      Source: hostPath,
      Target: containerPath,
      ReadOnly: !writable,
      BindOptions: { Propagation: "rprivate" },
    })),
  };
}

function systemCalls({ network, childProcesses, python }: SandboxPolicy): string {
  return seccompProfile({ network: network !== "none", childProcesses, files: python });
}

function limits(policy: SandboxPolicy): Docker.HostConfig {
  const largestFile = policy.python ? temporaryBytes : 0;
  return {
    Memory: policy.memoryBytes,
    // The sum of memory and swap: equal means no swap.
    MemorySwap: policy.memoryBytes,
    MemorySwappiness: 0,
    OomKillDisable: false,
    OomScoreAdj: 500,
    NanoCpus: Math.round(policy.cpus * 1e9),
    PidsLimit: policy.processes,
    // No limit per user (nproc): it would count the processes of all containers together; PidsLimit counts ours.
    Ulimits: [
      { Name: "nofile", Soft: 256, Hard: 256 },
      { Name: "core", Soft: 0, Hard: 0 },
      { Name: "fsize", Soft: largestFile, Hard: largestFile },
    ],
  };
}
