/**
 * Loads the code of a run before anybody asks for one, for programs that live long: the first run then takes no longer
 * than the next.
 */
export async function loadRunCode(): Promise<void> {
  await Promise.all([
    import("#runs/session/plan.ts"),
    import("#runs/session/start-run.ts"),
    import("#runs/session/broker-services.ts"),
    import("#broker/dispatch/serve-run.ts"),
  ]);
}
