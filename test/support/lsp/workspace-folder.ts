import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

/** A folder with files that is gone after the test. */
export class WorkspaceFolder {
  readonly path: string;
  readonly uri: string;

  constructor(files: Readonly<Record<string, string>> = {}) {
    this.path = mkdtempSync(path.join(tmpdir(), "tactus-lsp-"));
    this.uri = pathToFileURL(this.path).href;
    for (const [name, text] of Object.entries(files)) this.write(name, text);
  }

  write(name: string, text: string): void {
    const file = path.join(this.path, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  read(name: string): string {
    return readFileSync(path.join(this.path, name), "utf8");
  }

  remove(name: string): void {
    rmSync(path.join(this.path, name), { recursive: true });
  }

  uriOf(name: string): string {
    return `${this.uri}/${name}`;
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
