import type { CatalogueEntry } from "#language/diagnostics/catalogue-entry.ts";

/** Codes of findings in sidecars and config files. An error is what stops the start of a run. */
export const configDiagnostics = {
  "config-unreadable": {
    severity: "error",
    meaning:
      "A config or sidecar is not plain YAML: broken syntax, tabs, a key that stands twice, a tag, more than one document, aliases beyond measure, or more than 1 MiB.",
  },
  "config-unknown-key": {
    severity: "error",
    meaning:
      "A config or sidecar has a key that does not exist. Nothing is started with such a file. Merge keys (`<<`) count as such.",
  },
  "config-wrong-value": {
    severity: "error",
    meaning: "A key of a config or sidecar holds a value of another kind than it must.",
  },
  "config-variable-unset": {
    severity: "error",
    meaning:
      "A config names an environment variable in `$` and braces that is not set. Found at the start of a run, not by `check`.",
  },
  "config-variable-form": {
    severity: "warning",
    meaning:
      "A text looks like a variable and is none: only `$` with a name in braces is replaced, without defaults.",
  },
  "config-key-without-effect": {
    severity: "warning",
    meaning: "A key that the original program knows is understood, and changes nothing here.",
  },
  "config-key-left-out": {
    severity: "information",
    meaning:
      "A key that only a person's own config may set stands in the file of a folder: it is left out, grant or not.",
  },
  "config-mount-refused": {
    severity: "warning",
    meaning:
      "A mount that nobody can have: the engine's socket, a home, folders of keys, places of the machine, a named volume, a text that is no mount. In the file of a folder it is left out; in a person's own config it is an error.",
  },
  "config-mount-git": {
    severity: "warning",
    meaning:
      "A mount shows git's own folder: its config may hold tokens, and whoever writes its hooks runs programs on this machine later.",
  },
  "config-mount-outside": {
    severity: "warning",
    meaning: "A mount shows a folder outside the workspace to the procedure and its tools.",
  },
  "config-mount-writable": {
    severity: "warning",
    meaning:
      "A mount lets a run change a folder of this machine. Data from elsewhere is best mounted with `:ro`.",
  },
  "config-mount-mode": {
    severity: "hint",
    meaning:
      "A mount without a mode is read-only here and writable in the original program: write `:ro` or `:rw`.",
  },
  "config-mount-under-review": {
    severity: "warning",
    meaning:
      "`mount_current_dir: true` in a change that is under review, or in a folder that is not trusted: what runs there would write into the folder itself.",
  },
  "config-network-open": {
    severity: "warning",
    meaning: "`network` is other than `none`: a procedure can send out what it reads.",
  },
  "config-sandbox-weak": {
    severity: "warning",
    meaning: "`enabled: false` asks for the embedded isolation, which is weaker than the container.",
  },
  "config-secret-in-text": {
    severity: "warning",
    meaning:
      "A key or a password stands in the file. Write the name of an environment variable in `$` and braces, and take the secret out of the history.",
  },
  "config-secret-in-sandbox": {
    severity: "warning",
    meaning:
      "A secret is handed to what runs in the sandbox, where the procedure and everything it loads can read it. What needs it belongs into a host tool.",
  },
  "config-command-not-pinned": {
    severity: "warning",
    meaning:
      "A command downloads what it runs and names no exact version: tomorrow it may run something else.",
  },
  "config-command-shell": {
    severity: "warning",
    meaning: "A command is a text for a shell: what it starts can't be seen in the list of its arguments.",
  },
  "config-limit-missing": {
    severity: "hint",
    meaning: "`limits` leaves a limit out: the default holds for it.",
  },
  "config-limit-absurd": {
    severity: "warning",
    meaning: "A limit is so high that it limits nothing, or so low that nothing can run.",
  },
  "config-timeout-long": {
    severity: "warning",
    meaning: "A timeout is longer than an hour.",
  },
  "config-address-plain": {
    severity: "warning",
    meaning: "Prompts and keys would be sent over the network without encryption.",
  },
  "config-path-missing": {
    severity: "warning",
    meaning: "A path of a config leads nowhere.",
  },
  "config-name-unknown": {
    severity: "warning",
    meaning:
      "A config names a provider, a toolset or a host tool that neither the config files nor the procedure define.",
  },
  "config-default-wrong": {
    severity: "warning",
    meaning: "The default of a host tool's argument does not fit its type, or is none of its values.",
  },
  "config-input-unknown": {
    severity: "warning",
    meaning: "A sidecar gives a value to an input that the procedure beside it does not declare.",
  },
  "config-input-wrong": {
    severity: "error",
    meaning:
      "A sidecar gives an input a value of another type than the procedure beside it declares: a run without another value fails.",
  },
  "config-input-missing": {
    severity: "information",
    meaning:
      "A sidecar gives values to some inputs and leaves out one that the procedure beside it requires: each run must give it.",
  },
  "config-sidecar-alone": {
    severity: "warning",
    meaning: "A sidecar has no procedure beside it, or another ending than `.yml`: nothing reads it.",
  },
} as const satisfies Record<string, CatalogueEntry>;

export type ConfigDiagnosticCode = keyof typeof configDiagnostics;
