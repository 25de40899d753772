import { fail, ok, type Result } from "#common/result.ts";
import type { SandboxPolicy } from "../isolation.ts";
import { checkMounts, type PolicyRefusal } from "./check-mounts.ts";
import type { ForbiddenPlaces } from "./forbidden-places.ts";

const mebibyte = 1024 * 1024;

/** Names that change how Node or the loader starts. */
const startingNames =
  /^(LD_|NODE_|UV_|GLIBC_|MALLOC_|GCONV_)|^(PATH|HOME|TMPDIR|OPENSSL_CONF|SSLKEYLOGFILE)$/i;

/** Networks that put the container into another network namespace than its own. */
const sharedNetwork = /^(host|default|container:.*)$/i;

/**
 * Whether a policy can be granted at all, however trusted the config that asked for it. Gives it back with the host
 * paths of its mounts resolved.
 */
export function checkPolicy(
  policy: SandboxPolicy,
  places: ForbiddenPlaces,
): Result<SandboxPolicy, PolicyRefusal> {
  const refusal = limitRefusal(policy) ?? networkRefusal(policy) ?? environmentRefusal(policy);
  if (refusal) return fail(refusal);
  const mounts = checkMounts(policy.mounts, places);
  return mounts.ok ? ok({ ...policy, mounts: mounts.value }) : mounts;
}

function limitRefusal(policy: SandboxPolicy): PolicyRefusal | undefined {
  const { memoryBytes, cpus, processes, timeSeconds } = policy;
  const problem =
    !(memoryBytes >= 128 * mebibyte) || !Number.isSafeInteger(memoryBytes)
      ? "The memory of a run must be at least 128 MiB."
      : !(cpus > 0 && cpus <= 1024)
        ? "The processors of a run must be more than 0."
        : !(Number.isInteger(processes) && processes >= 32)
          ? "The processes of a run must be at least 32: Node needs them for its threads."
          : !(timeSeconds > 0 && timeSeconds <= 7 * 24 * 3600)
            ? "The time of a run must be more than 0 seconds and at most 7 days."
            : undefined;
  return problem === undefined ? undefined : { code: "limit-refused", message: problem };
}

function networkRefusal({ network }: SandboxPolicy): PolicyRefusal | undefined {
  if (/^[\w][\w.-]*$/.test(network) && !sharedNetwork.test(network)) return undefined;
  return {
    code: "network-refused",
    message: `The network ${JSON.stringify(network)} is refused: use "none", or a network made for runs.`,
  };
}

function environmentRefusal({ environment }: SandboxPolicy): PolicyRefusal | undefined {
  for (const [name, value] of Object.entries(environment)) {
    const reason = !/^[A-Za-z_]\w*$/.test(name)
      ? "it is not a plain name."
      : startingNames.test(name)
        ? "it changes how the sandbox starts."
        : value.includes("\0")
          ? "its value holds a NUL."
          : undefined;
    if (reason)
      return {
        code: "environment-refused",
        message: `The variable ${JSON.stringify(name)} is refused: ${reason}`,
      };
  }
  return undefined;
}
