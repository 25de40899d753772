import type { Control, Mutation } from "./control.ts";

const options = "sandbox/docker/container-options.ts";

/** Node's own permission model is a wall behind those of the container: what only the container holds is shown without it. */
export const withoutPermissionModel: Mutation = {
  file: "sandbox/policy/node-arguments.ts",
  from: '    "--permission",\n',
  to: "",
};

/** No network: none in the container, no system call that makes a socket, and Node's own refusal. */
export const noNetwork: Control = {
  id: "no-network",
  off: [
    { file: options, from: "NetworkMode: policy.network", to: 'NetworkMode: "host"' },
    { file: options, from: 'network: network !== "none"', to: "network: true" },
    withoutPermissionModel,
  ],
};

/** A read-only root, and an ordinary user to whom nothing in it belongs. */
export const readOnlyRoot: Control = {
  id: "read-only-root",
  off: [
    { file: options, from: "ReadonlyRootfs: true", to: "ReadonlyRootfs: false" },
    { file: options, from: "    User: user,", to: '    User: "0:0",' },
    { file: options, from: "largestFile = policy.python ? temporaryBytes : 0", to: "largestFile = 1e9" },
    { file: options, from: "files: python", to: "files: true" },
    withoutPermissionModel,
  ],
};
