/** The procedure that a sidecar belongs to, as a URI: `a.tac.yml` and `a.yml` to `a.tac`. */
export function procedureBeside(sidecar: string): string {
  const stem = sidecar.replace(/\.ya?ml$/, "");
  return stem.endsWith(".tac") ? stem : `${stem}.tac`;
}

/** Where the sidecars of a procedure would be. */
export function sidecarsBeside(procedure: string): readonly string[] {
  return [`${procedure}.yml`, `${procedure}.yaml`, procedure.replace(/\.tac$/, ".yml")];
}
