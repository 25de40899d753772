import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gitIn } from "#test/support/git.ts";

/** A repository with a change in it, which would run programs if anybody let git obey its settings. */
export interface ChangedRepository {
  readonly folder: string;
  /** Whether anything of it was run. */
  readonly isObeyed: () => boolean;
  /** Commits files on top of what is there and names the commit. */
  commit(branch: string, files: Readonly<Record<string, string | undefined>>): void;
  dispose(): void;
}

/** Makes a repository whose branch `base` holds the files. */
export function openRepository(files: Readonly<Record<string, string>>): ChangedRepository {
  const folder = mkdtempSync(path.join(tmpdir(), "tactus-repository-"));
  const obeyed = `${folder}.obeyed`;
  const git = gitIn(folder);
  const write = (name: string, text: string): void => {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  };
  const commit: ChangedRepository["commit"] = (branch, changed) => {
    git("checkout", "-q", "-B", branch);
    for (const [name, text] of Object.entries(changed)) {
      if (text === undefined) rmSync(path.join(folder, name));
      else write(name, text);
    }
    git("add", "-A");
    git("commit", "-q", "-m", branch);
  };
  git("init", "-q");
  commit("base", files);
  const program = path.join(folder, ".git", "obeyed.sh");
  writeFileSync(program, `#!/bin/sh\ntouch ${obeyed}\n`);
  chmodSync(program, 0o755);
  git("config", "core.fsmonitor", program);
  git("config", "core.hooksPath", path.join(folder, ".git", "own-hooks"));
  git("config", "diff.external", program);
  git("config", "core.pager", program);
  return {
    folder,
    commit,
    isObeyed: () => existsSync(obeyed),
    dispose: () => {
      rmSync(folder, { recursive: true });
      rmSync(obeyed, { force: true });
    },
  };
}
