/** How bad a finding is. Only an `error` would keep the file from running, or would stop a run. */
export type DiagnosticSeverity = "error" | "warning" | "information" | "hint";
