import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, openSync, readFileSync } from "node:fs";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fail, ok, type Result } from "#common/result.ts";

/** A container engine for a suite; `dispose` stops it when it was started here. */
export interface DockerEngine {
  /** Path of its socket. */
  readonly socket: string;
  /** As DOCKER_HOST wants it. */
  readonly address: string;
  dispose(): Promise<void>;
}

/** Why there is none: suites say so loudly and do not pass. */
export interface DockerMissing {
  readonly code: "docker-missing";
  readonly message: string;
}

const programs = ["/usr/bin/dockerd", "/usr/local/bin/dockerd", "/usr/sbin/dockerd"];
const startMilliseconds = 60_000;

/** The installed daemon, if there is one. */
export function engineProgram(): string | undefined {
  return programs.find(existsSync);
}

/** Uses the engine that answers (DOCKER_HOST, else the default socket), else starts one of its own. Installs nothing. */
export async function startDockerEngine(): Promise<Result<DockerEngine, DockerMissing>> {
  const running = process.env["DOCKER_HOST"]?.replace(/^unix:\/\//, "") ?? "/var/run/docker.sock";
  if (await answers(running)) return ok(engineAt(running, async () => undefined));
  const program = engineProgram();
  if (!program) return missing(`Nothing answers at ${running} and dockerd is not installed.`);
  if (process.getuid?.() !== 0) return missing(`Nothing answers at ${running}; starting dockerd needs root.`);
  return startOwn(program, []);
}

/** The engine of a suite that is nothing without one. Throws what is missing. */
export async function engineOfSuite(): Promise<DockerEngine> {
  const started = await startDockerEngine();
  if (!started.ok) throw new Error(started.error.message);
  return started.value;
}

/** Starts an engine of another kind beside the one that may run: with these arguments. */
export async function startOtherEngine(
  options: readonly string[],
): Promise<Result<DockerEngine, DockerMissing>> {
  const program = engineProgram();
  if (!program || process.getuid?.() !== 0)
    return missing("Starting an engine of another kind takes dockerd and root.");
  return startOwn(program, options);
}

async function startOwn(
  program: string,
  options: readonly string[],
): Promise<Result<DockerEngine, DockerMissing>> {
  const folder = await mkdtemp(path.join(tmpdir(), "tactus-dockerd-"));
  // An engine with user namespaces goes through it as another user.
  await chmod(folder, 0o711);
  const daemon = await startDaemon(program, folder, options);
  if (daemon.ok) return ok(engineAt(socketIn(folder), () => stopDaemon(daemon.value, folder)));
  await removeDaemonFolder(folder);
  return daemon;
}

/** Starts the daemon over a folder that may hold what an earlier one left; it answers when this resolves. */
export async function startDaemon(
  program: string,
  folder: string,
  options: readonly string[],
): Promise<Result<ChildProcess, DockerMissing>> {
  const socket = socketIn(folder);
  const log = path.join(folder, "dockerd.log");
  const daemon = spawn(program, [...daemonArguments(folder, socket), ...options], {
    stdio: ["ignore", openSync(log, "a"), openSync(log, "a")],
  });
  for (const end = Date.now() + startMilliseconds; Date.now() < end && daemon.exitCode === null; ) {
    if (await answers(socket)) return ok(daemon);
    await pause(100);
  }
  const lines = readFileSync(log, "utf8").trim().split("\n").slice(-5).join("\n");
  await endDaemon(daemon);
  return missing(`dockerd did not start:\n${lines}`);
}

/** Where the daemon over a folder answers. */
export function socketIn(folder: string): string {
  return path.join(folder, "docker.sock");
}

function daemonArguments(folder: string, socket: string): string[] {
  return [
    `--data-root=${path.join(folder, "data")}`,
    `--exec-root=${path.join(folder, "exec")}`,
    `--pidfile=${path.join(folder, "dockerd.pid")}`,
    `--host=unix://${socket}`,
    // No run has a network: the engine needs none, and leaves the machine's firewall alone.
    "--bridge=none",
    "--iptables=false",
  ];
}

async function stopDaemon(daemon: ChildProcess, folder: string): Promise<void> {
  await endDaemon(daemon);
  await removeDaemonFolder(folder);
}

/** Ends a daemon in order, with its containers. */
export async function endDaemon(daemon: ChildProcess): Promise<void> {
  if (daemon.exitCode !== null || daemon.signalCode !== null) return;
  const exited = once(daemon, "exit");
  daemon.kill("SIGTERM");
  await exited;
}

/** Removes what a daemon that has ended left. */
export async function removeDaemonFolder(folder: string): Promise<void> {
  // Once a container was in the host's network, the daemon leaves a mount behind that keeps its folder from going.
  await once(spawn("umount", [path.join(folder, "exec/netns/default")], { stdio: "ignore" }), "exit");
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
}

function engineAt(socket: string, dispose: () => Promise<void>): DockerEngine {
  return { socket, address: `unix://${socket}`, dispose };
}

function missing(message: string): Result<never, DockerMissing> {
  return fail({ code: "docker-missing", message });
}

/** Whether an engine answers a ping there. */
async function answers(socketPath: string): Promise<boolean> {
  const socket = connect({ path: socketPath });
  try {
    await once(socket, "connect");
    socket.write("GET /_ping HTTP/1.0\r\n\r\n");
    const [answer]: unknown[] = await once(socket, "data");
    return String(answer).includes(" 200 ");
  } catch {
    // Nobody listens there (yet).
    return false;
  } finally {
    socket.destroy();
  }
}
