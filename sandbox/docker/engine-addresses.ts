import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { isJsonObject, parseJsonSafely } from "#common/json.ts";

/** Where a container engine may listen, and who says so. */
export interface EngineAddress {
  /** `unix://…`, `npipe://…` or `tcp://host:port`. */
  readonly url: string;
  readonly origin: "setting" | "DOCKER_HOST" | "docker context" | "usual place";
}

/**
 * The addresses to try, in order. One that the person named (setting, variable, context) stands alone: when it does
 * not answer, using another engine would be a surprise.
 */
export function engineAddresses(
  dockerHost: string | undefined,
  environment: NodeJS.ProcessEnv = process.env,
): EngineAddress[] {
  if (dockerHost) return [{ url: dockerHost, origin: "setting" }];
  if (environment["DOCKER_HOST"]) return [{ url: environment["DOCKER_HOST"], origin: "DOCKER_HOST" }];
  const context = contextHost(environment);
  if (context) return [{ url: context, origin: "docker context" }];
  return usualSockets(environment).map((url) => ({ url, origin: "usual place" }));
}

/** Paths of all engine sockets that may exist here: none of them is ever mounted. */
export function engineSockets(
  dockerHost: string | undefined,
  environment: NodeJS.ProcessEnv = process.env,
): string[] {
  const named = engineAddresses(dockerHost, environment).map(({ url }) => url);
  return [...named, ...usualSockets(environment)]
    .filter((url) => url.startsWith("unix://"))
    .map((url) => url.slice("unix://".length));
}

function usualSockets(environment: NodeJS.ProcessEnv): string[] {
  if (process.platform === "win32") return ["npipe:////./pipe/docker_engine"];
  const home = homedir();
  const runtime = environment["XDG_RUNTIME_DIR"];
  return [
    "/var/run/docker.sock",
    ...(runtime ? [path.join(runtime, "docker.sock")] : []),
    path.join(home, ".docker", "run", "docker.sock"),
    path.join(home, ".docker", "desktop", "docker.sock"),
    path.join(home, ".colima", "default", "docker.sock"),
    path.join(home, ".orbstack", "run", "docker.sock"),
    path.join(home, ".rd", "docker.sock"),
  ].map((socket) => `unix://${socket}`);
}

/** Endpoint of the selected docker context, from the files that the docker command keeps. */
function contextHost(environment: NodeJS.ProcessEnv): string | undefined {
  const folder = environment["DOCKER_CONFIG"] ?? path.join(homedir(), ".docker");
  const selected =
    environment["DOCKER_CONTEXT"] ?? readText(path.join(folder, "config.json"), "currentContext");
  if (!selected || selected === "default") return undefined;
  const id = createHash("sha256").update(selected).digest("hex");
  return readText(path.join(folder, "contexts", "meta", id, "meta.json"), "Endpoints", "docker", "Host");
}

/** A text inside a JSON file, or undefined when any of it is missing or unreadable. */
function readText(file: string, ...keys: readonly string[]): string | undefined {
  try {
    let value: unknown = parseJsonSafely(readFileSync(file, "utf8"));
    for (const key of keys) value = isJsonObject(value) ? value[key] : undefined;
    return typeof value === "string" ? value : undefined;
  } catch {
    // No such file is the normal case; a broken one is the docker command's to complain about.
    return undefined;
  }
}
