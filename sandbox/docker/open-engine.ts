import { readFile } from "node:fs/promises";
import { connect } from "node:net";
import path from "node:path";
import type Docker from "dockerode";
import { errorText } from "#common/error-text.ts";
import { fail, ok, type Result } from "#common/result.ts";
import type { IsolationUnavailable } from "../isolation.ts";
import { type EngineAddress, engineAddresses } from "./engine-addresses.ts";

export interface Engine {
  readonly client: Docker;
  readonly address: EngineAddress;
}

const connectMilliseconds = 3000;

/**
 * Finds the engine that accepts a connection. The client library is loaded here and only here, beside the look-up,
 * so that a run in the embedded isolation never pays for it.
 */
export async function openEngine(
  dockerHost: string | undefined,
): Promise<Result<Engine, IsolationUnavailable>> {
  const library = import("dockerode");
  const tried: string[] = [];
  for (const address of engineAddresses(dockerHost)) {
    const problem = await connectionProblem(address.url);
    if (problem === undefined) {
      const { default: Client } = await library;
      return ok({ client: new Client(await clientOptions(address.url)), address });
    }
    tried.push(`${address.url} (${address.origin}): ${problem}`);
  }
  await library;
  return fail(engineUnreachable(tried));
}

/** The failure of a machine without a reachable engine. */
export function engineUnreachable(tried: readonly string[]): IsolationUnavailable {
  const denied = tried.some((line) => line.includes("EACCES"));
  return {
    code: "engine-unreachable",
    message: `No container engine answers. Tried:\n${tried.map((line) => `  ${line}`).join("\n")}`,
    remedy: denied
      ? "You may not use the engine's socket: join its group (often `docker`) or use a rootless engine; or run with `--isolation embedded`, which is weaker. `sandbox doctor` shows what this machine can give."
      : "Start Docker, or set DOCKER_HOST; or run with `--isolation embedded`, which is weaker. `sandbox doctor` shows what this machine can give.",
  };
}

/** Why nothing can be sent to this address; undefined when something accepts there. */
async function connectionProblem(url: string): Promise<string | undefined> {
  const target = socketTarget(url);
  if (!target) return "only unix://, npipe:// and tcp:// addresses are supported";
  const socket = connect({ ...target, timeout: connectMilliseconds });
  try {
    return await new Promise<string | undefined>((resolve) => {
      socket.once("connect", () => resolve(undefined));
      socket.once("timeout", () => resolve("no answer"));
      socket.once("error", (error) => resolve(errorText(error)));
    });
  } finally {
    socket.destroy();
  }
}

function socketTarget(url: string): { path: string } | { host: string; port: number } | undefined {
  const local = /^(?:unix|npipe):\/\/(.+)$/.exec(url)?.[1];
  if (local) return { path: local };
  const remote = /^(?:tcp|http|https):\/\/(\[[^\]]+\]|[^:/]+)(?::(\d+))?\/?$/.exec(url);
  if (!remote?.[1]) return undefined;
  return { host: remote[1].replace(/^\[|\]$/g, ""), port: Number(remote[2] ?? 2375) };
}

async function clientOptions(url: string): Promise<Docker.DockerOptions> {
  const target = socketTarget(url);
  // The client reads DOCKER_HOST by itself; an empty host keeps it from preferring that one to our choice.
  if (target && "path" in target) return { socketPath: target.path, host: "", protocol: "http" };
  const certificates = process.env["DOCKER_CERT_PATH"];
  if (!process.env["DOCKER_TLS_VERIFY"] || !certificates) return { ...target, protocol: "http" };
  const [ca, cert, key] = await Promise.all(
    ["ca.pem", "cert.pem", "key.pem"].map((name) => readFile(path.join(certificates, name))),
  );
  return { ...target, protocol: "https", ...(ca && cert && key ? { ca, cert, key } : {}) };
}
