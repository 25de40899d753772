import type { Diagnostic } from "#language/diagnostics/diagnostic.ts";
import { configDiagnostics } from "#language/sidecar/config-catalogue.ts";
import { builtInHostTools } from "#language/sidecar/known-names.ts";
import type { ProcedureFacts } from "#language/sidecar/procedure-facts.ts";

/**
 * What a procedure needs from a config when there is none around it: neither a sidecar nor a config of any layer. Where
 * there is one, the checks of the procedure itself say what it lacks.
 */
export function checkProcedureNeeds(procedure: ProcedureFacts, hasConfig: boolean): readonly Diagnostic[] {
  if (hasConfig) return [];
  const needs = (procedure.needs ?? []).filter(({ name }) => !builtInHostTools.includes(name));
  const sidecar = `${procedure.file.split(/[\\/]/).at(-1)}.yml`;
  return needs.map(({ kind, name, range }) => ({
    file: procedure.file,
    range,
    severity: configDiagnostics["config-sidecar-missing"].severity,
    code: "config-sidecar-missing",
    source: "tactus",
    message: `The ${kind} "${name}" must be named by a config, and there is none: write ${sidecar} beside this file, or your own ~/.tactus/config.yml.`,
  }));
}
