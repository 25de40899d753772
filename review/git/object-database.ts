import { createHash } from "node:crypto";
import { type Disposable, DisposableList } from "#common/disposal.ts";
import { fail, ok, type Result } from "#common/result.ts";
import type { ReviewProblem } from "#review/review-problem.ts";
import { BatchProcess } from "./batch-process.ts";
import { type BorrowedRepository, borrowObjects } from "./borrowed-repository.ts";
import { findRepository, type Repository } from "./find-repository.ts";
import { type GitSetup, gitOutput } from "./git-process.ts";
import { findGit } from "./git-program.ts";
import { readRevision } from "./references.ts";

export type ObjectType = "commit" | "tree" | "blob" | "tag";

const mostTagHops = 5;
const mostCommitBytes = 1024 * 1024;

/** The objects of a repository, as its files have them. */
export class ObjectDatabase implements Disposable {
  readonly #setup: GitSetup;
  readonly #headers: BatchProcess;
  readonly #contents: BatchProcess;
  readonly #repository: Repository;
  readonly #lives = new DisposableList();

  private constructor(setup: GitSetup, repository: Repository, borrowed: BorrowedRepository) {
    this.#setup = setup;
    this.#repository = repository;
    this.#lives.add(borrowed);
    this.#headers = this.#lives.add(new BatchProcess(setup, "--batch-check"));
    this.#contents = this.#lives.add(new BatchProcess(setup, "--batch"));
  }

  /** Opens the repository that a folder lies in. */
  static async open(folder: string, signal: AbortSignal): Promise<Result<ObjectDatabase, ReviewProblem>> {
    const repository = await findRepository(folder);
    if (!repository.ok) return repository;
    const program = await findGit(repository.value.root);
    if (!program.ok) return program;
    try {
      const borrowed = await borrowObjects(repository.value, await idLengthOf(repository.value));
      const setup = { program: program.value, folder: borrowed.folder, signal };
      return ok(new ObjectDatabase(setup, repository.value, borrowed));
    } catch (error) {
      return fail(unreadable(repository.value, error));
    }
  }

  /** The id of the commit that a name stands for. */
  async commit(name: string): Promise<Result<string, ReviewProblem>> {
    const revision = await readRevision(this.#repository, name);
    if (!revision) return fail(unknownRevision(name));
    let { id } = revision;
    for (let hop = 0; hop < mostTagHops; hop++) {
      const header = await this.#headers.ask(`${id}${hop === 0 ? revision.steps : ""}`);
      if (!header) return this.#setup.signal.aborted ? fail(stopped) : fail(unknownRevision(name));
      if (header.type === "commit") return ok(header.id);
      const target = header.type === "tag" ? await this.#lineOf(header.id, "tag", "object") : undefined;
      if (target === undefined) break;
      id = target;
    }
    return fail(unknownRevision(name));
  }

  /** Where two histories part; undefined when they have nothing in common, or that part was not fetched. */
  async mergeBase(one: string, other: string): Promise<string | undefined> {
    const text = await gitOutput(this.#setup, ["merge-base", one, other]);
    return /^[0-9a-f]{40,64}\n/.exec(text ?? "")?.[0].trim();
  }

  /** The root tree of a commit. */
  async treeOf(commit: string): Promise<Result<string, ReviewProblem>> {
    const tree = await this.#lineOf(commit, "commit", "tree");
    return tree === undefined ? fail(this.#lost(commit)) : ok(tree);
  }

  /** The content of an object, checked against its id: what is shown is what the id stands for. */
  async read(id: string, type: ObjectType, mostBytes: number): Promise<Result<Buffer, ReviewProblem>> {
    const header = await this.#headers.ask(id);
    if (!header) return fail(this.#lost(id));
    if (header.type !== type) return fail(invalid(id, `it is a ${header.type} and no ${type}`));
    if (header.size > mostBytes) return fail(tooLarge(id, header.size, mostBytes));
    const answer = await this.#contents.ask(id);
    if (!answer) return fail(this.#lost(id));
    return isIntact(id, answer) ? ok(answer.content) : fail(invalid(id, "its content has another hash"));
  }

  async dispose(): Promise<void> {
    await this.#lives.dispose();
  }

  /** The id behind a word in the head of a commit or tag. */
  async #lineOf(id: string, type: ObjectType, word: string): Promise<string | undefined> {
    const object = await this.read(id, type, mostCommitBytes);
    if (!object.ok) return undefined;
    return new RegExp(`^${word} ([0-9a-f]{40,64})\n`).exec(object.value.toString("latin1"))?.[1];
  }

  #lost(id: string): ReviewProblem {
    if (this.#setup.signal.aborted) return stopped;
    return {
      code: "object-missing",
      message: `The object ${id} is not in this repository, or git can't read it.`,
      remedy:
        "Fetch the whole history and all files (`git fetch --unshallow`, `git fetch --refetch`). Objects that are borrowed from another repository are not looked up: copy them with `git repack -a -d`.",
    };
  }
}

/** Ids of repositories in the newer format are longer; `HEAD` shows which they are. */
async function idLengthOf(repository: Repository): Promise<number> {
  const head = await readRevision(repository, "HEAD");
  return head?.id.length === 64 ? 64 : 40;
}

function isIntact(id: string, { type, content }: { type: string; content: Buffer }): boolean {
  const hash = createHash(id.length === 64 ? "sha256" : "sha1");
  return hash.update(`${type} ${content.length}\0`).update(content).digest("hex") === id;
}

const stopped: ReviewProblem = {
  code: "cancelled",
  message: "Reading the change was cancelled.",
};

function unknownRevision(name: string): ReviewProblem {
  return {
    code: "revision-unknown",
    message: `${JSON.stringify(name)} names no commit of this repository.`,
    remedy:
      "Use a branch, a tag or a commit id (`~` and `^` may follow). A commit that was not fetched is not here.",
  };
}

function unreadable({ root }: Repository, error: unknown): ReviewProblem {
  return {
    code: "repository-unreadable",
    message: `The repository in ${root} can't be read: ${error instanceof Error ? error.message : String(error)}.`,
  };
}

function invalid(id: string, why: string): ReviewProblem {
  return {
    code: "object-invalid",
    message: `The object ${id} of this repository is not what its id says: ${why}.`,
    remedy: "Don't trust this copy: clone the repository again.",
  };
}

function tooLarge(id: string, size: number, most: number): ReviewProblem {
  return {
    code: "tree-too-large",
    message: `The object ${id} has ${size.toLocaleString("en")} bytes; at most ${most.toLocaleString("en")} are read.`,
  };
}
