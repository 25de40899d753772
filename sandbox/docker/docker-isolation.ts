import type Docker from "dockerode";
import { fail, ok, type Result } from "#common/result.ts";
import { type PythonFiles, pythonFiles } from "../image/python-files.ts";
import type {
  ControlFact,
  IsolationFacts,
  IsolationUnavailable,
  SandboxPolicy,
  SandboxProcess,
} from "../isolation.ts";
import { killWhenDue } from "../kill-when-due.ts";
import { checkPolicy } from "../policy/check-policy.ts";
import { forbiddenPlaces } from "../policy/forbidden-places.ts";
import { policyRefused } from "../policy/policy-refused.ts";
import type { PoolableIsolation } from "../pool/poolable-isolation.ts";
import type { SandboxSetup } from "../setup.ts";
import { containerOptions } from "./container-options.ts";
import { offersRuntime } from "./container-runtime.ts";
import { engineSockets } from "./engine-addresses.ts";
import { engineFacts } from "./engine-facts.ts";
import { openEngine } from "./open-engine.ts";
import { reapContainers } from "./reaper.ts";
import { describeImage, ensureImage, imageMissing, imageNotBuilt } from "./runtime-image.ts";
import { type ContainerDemand, startContainer } from "./start-container.ts";
import { verifyContainer } from "./verify-container.ts";

/** Whether runs with plugin tools can be had: their image holds Python. */
function pluginFact(python: Result<PythonFiles, string>): ControlFact {
  return {
    control: "python plugins",
    status: python.ok ? "on" : "unavailable",
    meaning: python.ok
      ? `An image with ${python.value.interpreter} and its standard library can be made for runs that have \`tool_paths\`.`
      : `Runs with \`tool_paths\` need an image with Python, and ${python.error}.`,
  };
}

/** The locked-down container. */
export class DockerIsolation implements PoolableIsolation {
  readonly name = "docker";
  readonly #setup: SandboxSetup;

  constructor(setup: SandboxSetup) {
    this.#setup = setup;
  }

  async check(): Promise<Result<void, IsolationUnavailable>> {
    const engine = await openEngine(this.#setup.dockerHost);
    return engine.ok ? ok(undefined) : engine;
  }

  async describe(): Promise<Result<IsolationFacts, IsolationUnavailable>> {
    const engine = await openEngine(this.#setup.dockerHost);
    if (!engine.ok) return engine;
    const [facts, python] = await Promise.all([engineFacts(engine.value), pythonFiles()]);
    return facts.ok ? ok({ ...facts.value, controls: [...facts.value.controls, pluginFact(python)] }) : facts;
  }

  launch(
    policy: SandboxPolicy,
    signal: AbortSignal,
    whileStarting?: () => void,
  ): Promise<Result<SandboxProcess, IsolationUnavailable>> {
    return this.#start(policy, { signal, whileStarting });
  }

  launchAhead(
    policy: SandboxPolicy,
    signal: AbortSignal,
  ): Promise<Result<SandboxProcess, IsolationUnavailable>> {
    return this.#start(policy, { signal, provideImage: async () => fail(imageNotBuilt) });
  }

  async verify(sandbox: SandboxProcess, policy: SandboxPolicy): Promise<Result<void, IsolationUnavailable>> {
    const demanded = await this.#demand(policy);
    if (!demanded.ok) return demanded;
    const { client, options } = demanded.value;
    return verifyContainer(client, sandbox.id, options);
  }

  async #start(
    policy: SandboxPolicy,
    how: Pick<ContainerDemand, "signal" | "whileStarting"> & Partial<Pick<ContainerDemand, "provideImage">>,
  ): Promise<Result<SandboxProcess, IsolationUnavailable>> {
    const demanded = await this.#demand(policy);
    if (!demanded.ok) return demanded;
    const reaping = reapContainers(demanded.value.client);
    const started = await startContainer({ ...demanded.value, ...how });
    // What earlier runs left is removed beside the start; when that fails, the next start tries again.
    const reaped = reaping.catch(() => []);
    if (!started.ok) return started;
    await reaped;
    killWhenDue(started.value, policy.timeSeconds, how.signal);
    return started;
  }

  /** The container that a policy demands of the engine, now. */
  async #demand(
    policy: SandboxPolicy,
  ): Promise<Result<Pick<ContainerDemand, "client" | "options" | "provideImage">, IsolationUnavailable>> {
    const { dockerHost } = this.#setup;
    const checked = checkPolicy(policy, forbiddenPlaces(engineSockets(dockerHost)));
    if (!checked.ok) return fail(policyRefused(checked.error));
    const [engine, image] = await Promise.all([openEngine(dockerHost), this.#image(policy)]);
    if (!engine.ok) return engine;
    if (!image.ok) return image;
    const { client } = engine.value;
    const offered = await offersRuntime(engine.value, policy.containerRuntime);
    if (!offered.ok) return offered;
    const options = containerOptions(checked.value, image.value.tag);
    return ok({ client, options, provideImage: () => image.value.provide(client) });
  }

  /** The image to use and how to get it when the engine lacks it: ours is built, one from the config never. */
  async #image({ image: override, python }: SandboxPolicy) {
    if (override !== undefined)
      return ok({ tag: override, provide: async () => fail(imageMissing(override)) });
    const image = await describeImage(this.#setup, { python });
    if (!image.ok) return image;
    return ok({ tag: image.value.tag, provide: (client: Docker) => ensureImage(client, image.value) });
  }
}
