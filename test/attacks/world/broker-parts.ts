/** The parts of the broker that an attack on the wire meets, as one module: each mutation of the broker is in it. */
export { serveRun } from "#broker/dispatch/serve-run.ts";
export { createHostTools } from "#broker/host-tools/host-tools.ts";
export { Redactor } from "#broker/secrets/redactor.ts";
