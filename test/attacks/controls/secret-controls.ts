import type { Control } from "./control.ts";

/** Nothing of the host's environment is in a sandbox. */
export const cleanEnvironment: Control = {
  id: "clean-environment",
  off: [
    {
      file: "sandbox/embedded/embedded-isolation.ts",
      from: "env: { ...policy.environment }",
      to: "env: { ...process.env, ...policy.environment }",
    },
    {
      file: "sandbox/docker/container-options.ts",
      from: "Env: Object.entries(policy.environment)",
      to: "Env: Object.entries({ ...process.env, ...policy.environment })",
    },
  ],
};

/** Node's permission model: the wall of the embedded isolation around the person's files. */
export const filePermissions: Control = {
  id: "file-permissions",
  off: [
    {
      file: "sandbox/policy/node-arguments.ts",
      from: "`--allow-fs-read=$" + "{runtimeFolder}`,",
      to: '"--allow-fs-read=*",',
    },
  ],
};

/** An endpoint that a folder names gets no key of the person. */
export const keyWithEndpoint: Control = {
  id: "key-with-endpoint",
  off: [
    {
      file: "language/sidecar/model-settings.ts",
      from: 'needs: provider.api_key_env === undefined ? "grant" : "trusted"',
      to: 'needs: "grant"',
    },
    {
      file: "runs/session/broker-services.ts",
      from: "secrets: trusted ? secrets : secretsFrom({}),",
      to: "secrets,",
    },
  ],
};

/** Known secrets, and what looks like a key, are removed from everything that comes out. */
export const redaction: Control = {
  id: "redaction",
  off: [
    {
      file: "broker/secrets/redactor.ts",
      from: "text(text: string): string {",
      to: "text(text: string): string { return text;",
    },
    {
      file: "broker/secrets/redactor.ts",
      from: "split(text: string): { readonly ready: string; readonly held: string } {",
      to: 'split(text: string): { readonly ready: string; readonly held: string } { return { ready: text, held: "" };',
    },
  ],
};

/** What the system says of a file is told in words of ours. */
export const ownWords: Control = {
  id: "own-words",
  off: [
    {
      file: "sandbox/workspace/confined-folder.ts",
      from: 'systemReasons.get(code) ?? "the system does not allow it."',
      to: "String(error)",
    },
  ],
};

/** What is kept of a run is the person's alone. */
export const privateJournal: Control = {
  id: "private-journal",
  off: [
    {
      file: "runs/journal/journal-folder.ts",
      from: "await mkdir(folder, { mode: 0o700 }).catch(ignoreExisting);",
      to: "await mkdir(folder).catch(ignoreExisting);",
    },
    {
      file: "runs/journal/journal-folder.ts",
      from: "await mkdir(folder, { mode: 0o700 });",
      to: "await mkdir(folder);",
    },
  ],
};

/** A folder's file reads no variable that holds a secret. */
export const secretVariablesKept: Control = {
  id: "secret-variables-kept",
  off: [
    {
      file: "language/sidecar/layers.ts",
      from: "(secretVariable.test(name) ? undefined : variable(name))",
      to: "variable(name)",
    },
  ],
};
