/** Names of chunks as they stand in messages of Lua, and the files that they are of. */
export class ChunkNames {
  readonly #uris = new Map<string, string>();

  /** A short name that no other file has. */
  add(uri: string): string {
    const parts = uri.split("/").filter((part) => part !== "");
    for (let count = 1; count <= parts.length; count++) {
      const name = parts.slice(-count).join("/");
      const known = this.#uris.get(name);
      if (known !== undefined && known !== uri) continue;
      this.#uris.set(name, uri);
      return name;
    }
    this.#uris.set(uri, uri);
    return uri;
  }

  uriOf(chunk: string): string | undefined {
    return this.#uris.get(chunk);
  }
}
