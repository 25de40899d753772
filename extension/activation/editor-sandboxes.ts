import * as vscode from "vscode";
import type { Isolation, SandboxPool, SandboxSetup } from "#runs/session/isolations.ts";
import type { Plan } from "#runs/session/plan.ts";
import type { RunHandle } from "#runs/session/session.ts";
import { readSettings } from "../settings/settings.ts";
import { sandboxSetup } from "./sandbox-setup.ts";

/** Milliseconds until a container is started ahead: what the person does now has the machine for itself. */
const pauseMs = 1000;

/** How often somebody at work on a procedure has those that wait stay for another while, in milliseconds. */
const renewalMs = 60_000;

/** How long a container waits for a run when nobody works on a procedure. */
const idleSeconds = 600;

/**
 * Where the runs of this window get their sandboxes from. While somebody works on a procedure, containers wait for the
 * next run, as many as the person's settings say; what a folder says has no part in them.
 */
export class EditorSandboxes implements vscode.Disposable {
  readonly #extensionFolder: string;
  readonly #listening: vscode.Disposable;
  #pool: { readonly key: string; readonly opened: Promise<SandboxPool> } | undefined;
  /** Earlier pools, of other settings, until nothing of them is left. */
  #ending: Promise<unknown> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #preparedAt = Number.NEGATIVE_INFINITY;
  #isDisposed = false;

  constructor(extensionFolder: string) {
    this.#extensionFolder = extensionFolder;
    const renew = () => this.#renew();
    this.#listening = vscode.Disposable.from(
      vscode.window.onDidChangeActiveTextEditor(renew),
      vscode.window.onDidChangeWindowState(({ focused }) => focused && this.#renew()),
      vscode.workspace.onDidSaveTextDocument(renew),
    );
    this.#renew();
  }

  /** This installation, as the person's settings have it. */
  setup(): Promise<SandboxSetup> {
    return sandboxSetup(this.#extensionFolder);
  }

  /** The isolation of a run. */
  async isolation(name: Plan["isolation"]): Promise<Isolation> {
    const setup = await this.setup();
    if (name === "docker") return this.#poolOf(setup);
    const { createIsolation } = await import("#runs/session/isolations.ts");
    return createIsolation(name, setup);
  }

  /** Has others wait while a run that took one goes on, and when it has ended: another run may follow. */
  prepareAround(run: RunHandle): void {
    this.prepareSoon();
    void run.finished.then(() => this.prepareSoon());
  }

  prepareSoon(): void {
    if (this.#isDisposed || this.#timer) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      // Without a container engine there is nothing to prepare; a run says so.
      void this.#prepare().catch(() => undefined);
    }, pauseMs);
  }

  async dispose(): Promise<void> {
    this.#isDisposed = true;
    clearTimeout(this.#timer);
    this.#listening.dispose();
    this.#endPool();
    await this.#ending;
  }

  #renew(): void {
    const document = vscode.window.activeTextEditor?.document;
    const isAtWork = document?.languageId === "tactus" && document.uri.scheme === "file";
    if (isAtWork && performance.now() - this.#preparedAt > renewalMs) this.prepareSoon();
  }

  async #prepare(): Promise<void> {
    const { isolation, sandboxPool } = readSettings();
    if (isolation === "embedded" || sandboxPool === 0 || !vscode.workspace.isTrusted) return;
    this.#preparedAt = performance.now();
    const setup = await this.setup();
    if (!this.#isDisposed) (await this.#poolOf(setup)).prepare();
    const { loadRunCode } = await import("#runs/session/load-run-code.ts");
    await loadRunCode();
  }

  /** One for the window; other settings of the person make another one. */
  #poolOf(setup: SandboxSetup): Promise<SandboxPool> {
    const size = readSettings().sandboxPool;
    const key = JSON.stringify([setup, size]);
    if (this.#pool?.key === key) return this.#pool.opened;
    this.#endPool();
    const opened = import("#runs/session/isolations.ts").then(({ createPool }) =>
      createPool(setup, { size, idleSeconds }),
    );
    this.#pool = { key, opened };
    return opened;
  }

  #endPool(): void {
    const disposed = this.#pool?.opened.then((pool) => pool.dispose());
    this.#pool = undefined;
    this.#ending = Promise.all([this.#ending, disposed]);
  }
}
