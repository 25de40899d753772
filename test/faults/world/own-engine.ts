import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { chmod, mkdtemp } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type Docker from "dockerode";
import { endDaemon, engineProgram, socketIn, startDaemon } from "#test/support/docker-engine.ts";
import { clientOf } from "#test/support/docker-sandbox.ts";
import { claimEngineFolder, engineFolderPrefix, removeRemains } from "./engine-remains.ts";

/** An engine that belongs to the suite alone, so that it may be killed, restarted and stopped in the middle of a run. */
export class OwnEngine {
  readonly folder: string;
  readonly socket: string;
  readonly address: string;
  readonly client: Docker;
  /** Below it the kernel counts the processes of this engine's containers. */
  readonly cgroup: string;
  readonly #program: string;
  #daemon: ChildProcess | undefined;
  #dying = Promise.resolve();

  private constructor(program: string, folder: string) {
    this.#program = program;
    this.folder = folder;
    this.socket = socketIn(folder);
    this.address = `unix://${this.socket}`;
    this.client = clientOf({ socket: this.socket, address: this.address, dispose: async () => undefined });
    this.cgroup = `/${path.basename(folder)}`;
  }

  /** `prepare`: what is done to its folder before it starts; mounts below it go with it. */
  static async open({ prepare }: { prepare?: (folder: string) => Disposable } = {}): Promise<OwnEngine> {
    const program = engineProgram();
    if (!program) throw new Error("dockerd is not installed (Debian package docker.io)");
    const folder = await mkdtemp(engineFolderPrefix);
    claimEngineFolder(folder);
    await chmod(folder, 0o711);
    prepare?.(folder);
    const engine = new OwnEngine(program, folder);
    await engine.start();
    return engine;
  }

  get pid(): number {
    return this.#daemon?.pid ?? 0;
  }

  async start(): Promise<void> {
    const started = await startDaemon(this.#program, this.folder, [`--cgroup-parent=${this.cgroup}`]);
    if (!started.ok) throw new Error(started.error.message);
    this.#daemon = started.value;
  }

  /** As a crash or the kernel would end it: nothing is put in order. */
  kill(): Promise<void> {
    this.#dying = this.#kill();
    return this.#dying;
  }

  async #kill(): Promise<void> {
    if (!this.#daemon) return;
    const exited = once(this.#daemon, "exit");
    const helper = this.#containerd();
    this.#daemon.kill("SIGKILL");
    await exited;
    // It dies with the daemon; a daemon that starts before that takes it for its own.
    while (existsSync(`/proc/${helper}`)) await pause(20);
    this.#daemon = undefined;
  }

  /** As an update of the engine does it. */
  async restart(): Promise<void> {
    if (this.#daemon) await endDaemon(this.#daemon);
    await this.start();
  }

  /** It accepts connections and answers nothing, until `thaw`. */
  freeze(): void {
    this.#daemon?.kill("SIGSTOP");
  }

  thaw(): void {
    this.#daemon?.kill("SIGCONT");
  }

  /** Brings it back to where a fault may begin: it runs, and answers. */
  async recover(): Promise<void> {
    this.thaw();
    await this.#dying;
    if (!this.#daemon) await this.start();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.recover();
    if (this.#daemon) await endDaemon(this.#daemon);
    // A daemon that was killed left its own mount, and those of its containers, to the next one.
    await removeRemains(this.folder);
  }

  #containerd(): string {
    return readFileSync(path.join(this.folder, "exec/containerd/containerd.pid"), "utf8").trim();
  }
}
