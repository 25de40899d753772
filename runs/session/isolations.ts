import type { Isolation, IsolationName } from "#sandbox/isolation.ts";

/** Where the parts of the product lie that an isolation starts. */
export interface ProductFolders {
  /** Folder of the bundled runtime (`dist/runtime`). */
  readonly runtimeFolder: string;
}

/** The isolation of a name. Only that one's code is loaded: the client of the engine takes its time. */
export async function createIsolation(name: IsolationName, _folders: ProductFolders): Promise<Isolation> {
  throw new Error(`not there yet: ${name}`);
}
