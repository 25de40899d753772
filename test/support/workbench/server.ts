import { type ChildProcess, spawn } from "node:child_process";
import {
  cpSync,
  createWriteStream,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { CodeServer } from "./install.ts";

export interface ServerOptions {
  /** Folder whose copy is opened. */
  readonly workspace: string;
  /** A packaged extension to install first. */
  readonly vsix?: string;
  /** Settings of the machine, where the extension's execution settings live. */
  readonly machineSettings?: Readonly<Record<string, unknown>>;
  readonly userSettings?: Readonly<Record<string, unknown>>;
  readonly environment?: Readonly<Record<string, string>>;
  /** Whether the opened folder is trusted without asking; default true. */
  readonly trusted?: boolean;
  /** Lets `extensionTestsPath` of the page count; it also refuses modal dialogs. */
  readonly testDriver?: boolean;
}

/** A workbench server on a loopback port with a home, settings and a workspace of its own. */
export interface WorkbenchServer {
  readonly port: number;
  readonly workspace: string;
  readonly log: () => string;
  /** Replaces the settings of the machine while the server runs. */
  setMachineSettings(settings: Readonly<Record<string, unknown>>): void;
  stop(): Promise<void>;
}

/** Nothing that the workbench would fetch, promote or ask by itself. */
const quietSettings = {
  "telemetry.telemetryLevel": "off",
  "workbench.enableExperiments": false,
  "extensions.autoUpdate": false,
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "update.mode": "none",
  "update.showReleaseNotes": false,
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.reduceMotion": "on",
  "workbench.welcomePage.walkthroughs.openOnInstall": false,
  "chat.disableAIFeatures": true,
  "git.enabled": false,
  "npm.fetchOnlinePackageInfo": false,
  "json.schemaDownload.enable": false,
  "security.workspace.trust.startupPrompt": "never",
  "security.workspace.trust.banner": "never",
  "window.confirmBeforeClose": "never",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "editor.minimap.enabled": false,
};

/** Starts a server and waits until it answers. Throws with its log when it does not. */
export async function startServer(codeServer: CodeServer, options: ServerOptions): Promise<WorkbenchServer> {
  const home = mkdtempSync(path.join(tmpdir(), "tactus-workbench-"));
  const workspace = path.join(home, "workspace");
  cpSync(options.workspace, workspace, { recursive: true });
  writeSettings(path.join(home, "data/User"), { ...quietSettings, ...options.userSettings });
  writeSettings(path.join(home, "data/Machine"), options.machineSettings ?? {});
  const log = path.join(home, "server.log");
  if (options.vsix)
    await ended(spawnServer(codeServer, home, log, ["--install-extension", options.vsix], options));
  const port = await freePort();
  const server = spawnServer(codeServer, home, log, serverArguments(port, options), options);
  await answers(server, port, log);
  return {
    port,
    workspace,
    log: () => readFileSync(log, "utf8"),
    setMachineSettings: (settings) => writeSettings(path.join(home, "data/Machine"), settings),
    stop: async () => {
      await endGroup(server);
      rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    },
  };
}

function writeSettings(folder: string, settings: object): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "settings.json"), JSON.stringify(settings, null, 2));
}

function serverArguments(port: number, { trusted, testDriver }: ServerOptions): string[] {
  return [
    ...["--auth", "none", "--bind-addr", `127.0.0.1:${port}`, "--ignore-last-opened"],
    ...[
      "--disable-telemetry",
      "--disable-update-check",
      "--disable-getting-started-override",
      "--disable-proxy",
    ],
    ...(testDriver ? ["--vscode-option", "enable-smoke-test-driver"] : []),
    ...(trusted === false ? [] : ["--disable-workspace-trust"]),
  ];
}

/** A process group of its own, so that its end takes the extension host along. */
function spawnServer(
  codeServer: CodeServer,
  home: string,
  log: string,
  args: readonly string[],
  { environment }: ServerOptions,
): ChildProcess {
  const folders = [
    "--user-data-dir",
    path.join(home, "data"),
    "--extensions-dir",
    path.join(home, "extensions"),
  ];
  const config = path.join(home, "config.yaml");
  writeFileSync(config, "");
  const child = spawn(codeServer.node, [codeServer.entry, ...args, ...folders, "--config", config], {
    cwd: home,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...hostEnvironment(),
      HOME: home,
      XDG_CONFIG_HOME: home,
      XDG_DATA_HOME: home,
      EXTENSIONS_GALLERY: '{"serviceUrl":"","itemUrl":"","resourceUrlTemplate":""}',
      ...environment,
    },
  });
  const file = createWriteStream(log, { flags: "a" });
  child.stdout?.pipe(file, { end: false });
  child.stderr?.pipe(file, { end: false });
  return child;
}

/** Without what an editor around this test run would hand on. */
function hostEnvironment(): NodeJS.ProcessEnv {
  const left = ["ELECTRON_RUN_AS_NODE", "VSCODE_IPC_HOOK_CLI", "NODE_OPTIONS", "VITEST"];
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !left.includes(name)));
}

async function answers(server: ChildProcess, port: number, log: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline && server.exitCode === null) {
    const response = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined);
    if (response?.ok) return;
    await delay(100);
  }
  await endGroup(server);
  throw new Error(`code-server does not answer:\n${readFileSync(log, "utf8")}`);
}

async function endGroup(child: ChildProcess): Promise<void> {
  const gone = ended(child);
  signalGroup(child, "SIGTERM");
  await Promise.race([gone, delay(5000)]);
  signalGroup(child, "SIGKILL");
  await gone;
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (pid) process.kill(-pid, signal);
  } catch {
    // The group is gone already.
  }
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once("exit", () => resolve()));
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
