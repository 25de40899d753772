import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { isJsonObject } from "#common/json.ts";

/**
 * SHA-256 of files, remembered by path, size and times, so that a run does not read 150 MB of Node to find out that
 * nothing changed. A lost or broken cache file costs time only.
 */
export class DigestCache {
  readonly #file: string;
  readonly #known: Promise<Map<string, string>>;
  #changed = false;

  constructor(file: string) {
    this.#file = file;
    this.#known = readCache(file);
  }

  /** Hexadecimal digest of a file's bytes. Throws when it can't be read. */
  async digest(file: string): Promise<string> {
    const { size, mtimeNs, ctimeNs } = await stat(file, { bigint: true });
    const key = `${file} ${size} ${mtimeNs} ${ctimeNs}`;
    const known = await this.#known;
    const remembered = known.get(key);
    if (remembered) return remembered;
    const hash = createHash("sha256");
    await pipeline(createReadStream(file), hash);
    const digest = hash.digest("hex");
    for (const other of known.keys()) if (other.startsWith(`${file} `)) known.delete(other);
    known.set(key, digest);
    this.#changed = true;
    return digest;
  }

  /** Writes what was learned; a cache that can't be written is not an error. */
  async save(): Promise<void> {
    if (!this.#changed) return;
    const text = JSON.stringify(Object.fromEntries(await this.#known));
    const draft = `${this.#file}.${process.pid}`;
    try {
      await mkdir(path.dirname(this.#file), { recursive: true });
      await writeFile(draft, text, { mode: 0o600 });
      await rename(draft, this.#file);
    } catch {
      // The next run computes the digests again.
    }
  }
}

async function readCache(file: string): Promise<Map<string, string>> {
  try {
    const content: unknown = JSON.parse(await readFile(file, "utf8"));
    if (!isJsonObject(content)) return new Map();
    return new Map(
      Object.entries(content).filter((pair): pair is [string, string] => typeof pair[1] === "string"),
    );
  } catch {
    return new Map();
  }
}
