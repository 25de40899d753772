import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { deflateSync } from "node:zlib";

const execute = promisify(execFile);

/** What git gets that sets repositories up: nothing of the person who runs the tests. */
const identity = {
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_AUTHOR_NAME: "Test",
  GIT_AUTHOR_EMAIL: "test@example.com",
  GIT_COMMITTER_NAME: "Test",
  GIT_COMMITTER_EMAIL: "test@example.com",
  GIT_AUTHOR_DATE: "2026-01-02T03:04:05Z",
  GIT_COMMITTER_DATE: "2026-01-02T03:04:05Z",
};

/** A real repository in a folder of its own, for tests of reviews. */
export class TestRepository {
  readonly folder: string;
  /** Beside the repository: whatever a plant of a hostile one leaves when it is executed. */
  readonly outside: string;

  private constructor(folder: string, outside: string) {
    this.folder = folder;
    this.outside = outside;
  }

  static async create(...options: readonly string[]): Promise<TestRepository> {
    const outside = await realpath(await mkdtemp(path.join(tmpdir(), "tactus-hostile-")));
    const repository = new TestRepository(path.join(outside, "repository"), outside);
    await mkdir(repository.folder);
    await repository.git("init", "--quiet", "--initial-branch=main", ...options);
    return repository;
  }

  /** The same in another folder. */
  async copy(): Promise<TestRepository> {
    const outside = await realpath(await mkdtemp(path.join(tmpdir(), "tactus-hostile-")));
    const repository = new TestRepository(path.join(outside, "repository"), outside);
    await cp(this.folder, repository.folder, { recursive: true });
    return repository;
  }

  /** Runs git as a person would, and gives what it prints. */
  async git(...args: readonly string[]): Promise<string> {
    return await this.gitWith({}, ...args);
  }

  async gitWith(environment: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<string> {
    const env = { PATH: process.env["PATH"], HOME: this.outside, ...identity, ...environment };
    const { stdout } = await execute("git", args, { cwd: this.folder, env, maxBuffer: 1e8, timeout: 20_000 });
    return stdout.trim();
  }

  /** Runs git and does not mind when it fails. */
  async tryGit(environment: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<void> {
    await this.gitWith(environment, ...args).catch(() => undefined);
  }

  async write(files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
    for (const [file, content] of Object.entries(files)) {
      const place = path.join(this.folder, file);
      await mkdir(path.dirname(place), { recursive: true });
      await writeFile(place, content);
    }
  }

  /** Writes files and commits everything. Gives the id. */
  async commit(files: Readonly<Record<string, string | Uint8Array>>, message = "change"): Promise<string> {
    await this.write(files);
    await this.git("add", "--all");
    await this.git("commit", "--quiet", "--allow-empty", "--message", message);
    return await this.git("rev-parse", "HEAD");
  }

  /** Writes an object as it is, whatever it is. Gives its id. */
  async object(type: string, content: Uint8Array): Promise<string> {
    const whole = Buffer.concat([Buffer.from(`${type} ${content.length}\0`), content]);
    const id = createHash("sha1").update(whole).digest("hex");
    const folder = path.join(this.folder, ".git/objects", id.slice(0, 2));
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, id.slice(2)), deflateSync(whole));
    return id;
  }

  /** Commits a tree that no working folder could hold, on top of another commit. */
  async commitTree(tree: string, parent: string): Promise<string> {
    return await this.git("commit-tree", tree, "-p", parent, "-m", "made by hand");
  }

  async read(file: string): Promise<string> {
    return await readFile(path.join(this.folder, file), "utf8");
  }

  async remove(): Promise<void> {
    await rm(this.outside, { recursive: true, force: true });
  }
}
