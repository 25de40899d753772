import { ok, type Result } from "#common/result.ts";
import { type CodeServer, ensureCodeServer, type Missing } from "./install.ts";
import { findChromium, openWorkbench, type PageOptions, type WorkbenchPage } from "./page.ts";
import { type ServerOptions, startServer, type WorkbenchServer } from "./server.ts";

/** What the editor suite needs of this machine. */
export interface WorkbenchParts {
  readonly codeServer: CodeServer;
  readonly chromium: string;
}

/** Finds or installs the parts of a workbench. The failure says what is missing, for the list of skipped suites. */
export async function workbenchParts(): Promise<Result<WorkbenchParts, Missing>> {
  const chromium = findChromium();
  if (!chromium.ok) return chromium;
  const codeServer = await ensureCodeServer();
  return codeServer.ok ? ok({ codeServer: codeServer.value, chromium: chromium.value }) : codeServer;
}

/** A server with one page on it. */
export interface Workbench extends WorkbenchPage {
  readonly server: WorkbenchServer;
}

/** Starts both; `close` ends both, whatever state they are in. `payload` may depend on the server's address. */
export async function startWorkbench(
  parts: WorkbenchParts,
  options: ServerOptions,
  pageOptions: (server: WorkbenchServer) => Omit<PageOptions, "chromium"> = () => ({}),
): Promise<Workbench> {
  const server = await startServer(parts.codeServer, options);
  try {
    const page = await openWorkbench(server, { chromium: parts.chromium, ...pageOptions(server) });
    const close = async (): Promise<void> => {
      await page.close();
      await server.stop();
    };
    return { ...page, server, close };
  } catch (error) {
    await server.stop();
    throw error;
  }
}
