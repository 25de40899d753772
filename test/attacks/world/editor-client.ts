import { writeFileSync } from "node:fs";
import path from "node:path";
import { setInterval } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { LanguageClient } from "#test/support/lsp/language-client.ts";
import type { World } from "./world.ts";

/** An editor that has a stranger's file open, over the language server of the product. */
export interface EditorClient {
  readonly client: LanguageClient;
  readonly uri: string;
}

/** Opens a file of the workspace in an editor; it is closed with the world. */
export async function openInEditor(world: World, name: string, text: string): Promise<EditorClient> {
  const file = path.join(world.folder, name);
  writeFileSync(file, text);
  const server = path.join(await world.product.dist(), "language-server", "main.cjs");
  const client = await LanguageClient.start({
    command: [process.execPath, server, "--stdio"],
    folders: [pathToFileURL(world.folder).href],
    home: world.home,
  });
  world.atTheEnd(() => client[Symbol.asyncDispose]());
  const { href: uri } = pathToFileURL(file);
  await client.open(uri, text);
  for await (const _ of setInterval(20)) if (client.calls.isQuiescent) break;
  return { client, uri };
}
