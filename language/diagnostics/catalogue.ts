/** Every code that a finding can have, and what it means. Codes are stable; docs/diagnostics.md is made from this. */
export const diagnosticCatalogue = {
  "syntax-error": "The file is not valid Lua 5.4: it would not start. The message is the compiler's.",
  "config-unreadable":
    "A config or sidecar is not plain YAML: broken syntax, a key that stands twice, a tag, more than one document, aliases beyond measure, or more than 64 KiB.",
  "config-unknown-key":
    "A config or sidecar has a key that does not exist. Nothing is started with such a file.",
  "config-wrong-value": "A key of a config or sidecar holds a value of another kind than it must.",
  "config-variable-unset":
    "A config names an environment variable in `$` and braces that is not set. Found at the start of a run, not by `check`.",
  "config-key-without-effect":
    "A key that the original program knows is understood, and changes nothing here.",
} as const;

export type DiagnosticCode = keyof typeof diagnosticCatalogue;
