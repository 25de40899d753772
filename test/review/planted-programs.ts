import { chmod, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { TestRepository } from "./repository.ts";

/** A way in which a repository, or what is around it, makes ordinary git execute a program. */
export interface PlantedProgram {
  readonly name: string;
  /** Plants it; `program` is a script that leaves a mark when it is executed. */
  readonly plant: (repository: TestRepository, program: string) => Promise<void>;
  /** What a person would do that executes it: shown once, so that the plant is known to be one. */
  readonly executedBy: (repository: TestRepository, program: string) => Promise<void>;
  /** Variables of whoever reviews; they are set for the review as well. */
  readonly environment?: (repository: TestRepository, program: string) => Readonly<Record<string, string>>;
  /** Commits of the change are not all here. */
  readonly isPartial?: true;
}

const attributes = { ".gitattributes": "*.tac filter=planted diff=planted merge=planted\n" };

function configured(key: string, value: (program: string) => string): PlantedProgram["plant"] {
  return async (repository, program) => {
    await repository.git("config", key, value(program));
  };
}

const git =
  (...args: readonly string[]): PlantedProgram["executedBy"] =>
  (repository) =>
    repository.tryGit({}, ...args);

/** The repository is a partial clone whose missing objects come from a remote that runs a program. */
function lazilyFetched(
  settings: (program: string) => Readonly<Record<string, string>>,
): PlantedProgram["plant"] {
  return async (repository, program) => {
    const all = {
      "extensions.partialClone": "origin",
      "remote.origin.promisor": "true",
      ...settings(program),
    };
    await repository.git("config", "core.repositoryFormatVersion", "1");
    const blob = await repository.git("rev-parse", "head:new.tac");
    await rm(path.join(repository.folder, ".git/objects", blob.slice(0, 2), blob.slice(2)));
    for (const [key, value] of Object.entries(all)) await repository.git("config", key, value);
  };
}

const fetches = git("cat-file", "-p", "head:new.tac");

export const plantedPrograms: readonly PlantedProgram[] = [
  {
    name: "a hook",
    plant: async ({ folder }, program) => {
      await writeFile(path.join(folder, ".git/hooks/post-checkout"), `#!/bin/sh\n${program}\n`);
      await chmod(path.join(folder, ".git/hooks/post-checkout"), 0o755);
    },
    executedBy: git("checkout", "--quiet", "head"),
  },
  {
    name: "a hook that the change brings, through core.hooksPath",
    plant: async (repository, program) => {
      await repository.write({ "hooks/post-checkout": `#!/bin/sh\n${program}\n` });
      await chmod(path.join(repository.folder, "hooks/post-checkout"), 0o755);
      await repository.git("config", "core.hooksPath", "hooks");
    },
    executedBy: git("checkout", "--quiet", "head"),
  },
  {
    name: "a hook on references",
    plant: async ({ folder }, program) => {
      await writeFile(path.join(folder, ".git/hooks/reference-transaction"), `#!/bin/sh\n${program}\n`);
      await chmod(path.join(folder, ".git/hooks/reference-transaction"), 0o755);
    },
    executedBy: git("branch", "another", "head"),
  },
  {
    name: "a smudge filter",
    plant: configured("filter.planted.smudge", (program) => `${program}; cat`),
    executedBy: git("cat-file", "--filters", "head:new.tac"),
  },
  {
    name: "a clean filter",
    plant: configured("filter.planted.clean", (program) => `${program}; cat`),
    executedBy: async (repository) => {
      await repository.write({ "a.tac": "-- touched\n" });
      await repository.tryGit({}, "add", "a.tac");
    },
  },
  {
    name: "a filter process",
    plant: configured("filter.planted.process", (program) => program),
    executedBy: git("cat-file", "--filters", "head:new.tac"),
  },
  {
    name: "a text converter",
    plant: configured("diff.planted.textconv", (program) => `${program}; cat`),
    executedBy: git("log", "-p", "main..head"),
  },
  {
    name: "a diff command of an attribute",
    plant: configured("diff.planted.command", (program) => program),
    executedBy: git("diff", "main", "head"),
  },
  {
    name: "an external diff",
    plant: configured("diff.external", (program) => program),
    executedBy: git("diff", "main", "head"),
  },
  {
    name: "a merge driver",
    plant: configured("merge.planted.driver", (program) => program),
    executedBy: async (repository) => {
      await repository.git("checkout", "--quiet", "main");
      await repository.commit({ "a.tac": "-- ours\n" });
      await repository.tryGit({}, "merge", "head");
    },
  },
  {
    name: "a file system monitor",
    plant: configured("core.fsmonitor", (program) => program),
    executedBy: git("status"),
  },
  {
    name: "a file system monitor in an included file of the change",
    plant: async (repository, program) => {
      await repository.write({ included: `[core]\n\tfsmonitor = ${program}\n` });
      await repository.git("config", "include.path", "../included");
    },
    executedBy: git("status"),
  },
  {
    name: "a file system monitor under a condition",
    plant: async (repository, program) => {
      await repository.write({ included: `[core]\n\tfsmonitor = ${program}\n` });
      await repository.git("config", `includeIf.gitdir:${repository.outside}/.path`, "../included");
    },
    executedBy: git("status"),
  },
  {
    name: "a file system monitor of a working folder's own config",
    plant: async (repository, program) => {
      await repository.git("config", "extensions.worktreeConfig", "true");
      await writeFile(
        path.join(repository.folder, ".git/config.worktree"),
        `[core]\n\tfsmonitor = ${program}\n`,
      );
    },
    executedBy: git("status"),
  },
  {
    name: "a repository within the repository",
    plant: async (repository, program) => {
      const inner = path.join(repository.folder, "inner");
      await repository.git("clone", "--quiet", "--no-local", repository.folder, inner);
      await repository.git("-C", inner, "config", "core.fsmonitor", program);
      await writeFile(
        path.join(repository.folder, ".git/config"),
        `[core]\n\tworktree = ${inner}\n\tfsmonitor = ${program}\n`,
      );
    },
    executedBy: git("-C", "inner", "status"),
  },
  {
    name: "a program that signs",
    plant: async (repository, program) => {
      const commit = await repository.git("cat-file", "commit", "head");
      const signed = commit.replace(
        /\n\n/,
        "\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n\n",
      );
      await repository.git(
        "update-ref",
        "refs/heads/head",
        await repository.object("commit", Buffer.from(`${signed}\n`)),
      );
      await repository.git("config", "gpg.program", program);
      await repository.git("config", "log.showSignature", "true");
    },
    executedBy: git("log", "head"),
  },
  {
    name: "an alias",
    plant: configured("alias.look", (program) => `!${program}`),
    executedBy: git("look"),
  },
  {
    name: "a tool that shows differences",
    plant: async (repository, program) => {
      await repository.git("config", "diff.tool", "planted");
      await repository.git("config", "difftool.planted.cmd", program);
    },
    executedBy: git("difftool", "--no-prompt", "main", "head"),
  },
  {
    name: "a filter of archives",
    plant: configured("tar.planted.command", (program) => program),
    executedBy: git("archive", "--format=planted", "head"),
  },
  {
    name: "an editor",
    plant: configured("core.editor", (program) => program),
    executedBy: git("commit", "--allow-empty"),
  },
  {
    name: "a submodule that updates by a command",
    plant: async (repository, program) => {
      await repository.git("config", "submodule.inner.update", `!${program}`);
      await repository.git("config", "submodule.inner.url", repository.folder);
      const main = await repository.git("rev-parse", "main");
      await repository.write({ ".gitmodules": '[submodule "inner"]\n\tpath = inner\n\turl = ./\n' });
      await repository.git("add", "--all");
      await repository.git("update-index", "--add", "--cacheinfo", `160000,${main},inner`);
      await repository.git("commit", "--quiet", "--message", "submodule");
    },
    executedBy: git("-c", "protocol.file.allow=always", "submodule", "update", "--force", "inner"),
  },
  {
    name: "a lazy fetch over ssh",
    plant: lazilyFetched((program) => ({
      "remote.origin.url": "ssh://nobody.invalid/x",
      "core.sshCommand": program,
    })),
    executedBy: fetches,
    isPartial: true,
  },
  {
    name: "a lazy fetch by a program of the remote",
    plant: lazilyFetched((program) => ({
      "remote.origin.url": "file:///dev/null",
      "remote.origin.uploadpack": program,
    })),
    executedBy: fetches,
    isPartial: true,
  },
  {
    name: "a lazy fetch by a transport that is a command",
    plant: lazilyFetched((program) => ({
      "remote.origin.url": `ext::${program}`,
      "protocol.ext.allow": "always",
    })),
    executedBy: fetches,
    isPartial: true,
  },
  {
    name: "a lazy fetch through a proxy command",
    plant: lazilyFetched((program) => ({
      "remote.origin.url": "git://nobody.invalid/x",
      "core.gitProxy": program,
    })),
    executedBy: fetches,
    isPartial: true,
  },
  {
    name: "a git in the repository, first on the PATH",
    plant: async (repository, program) => {
      await repository.write({ "node_modules/.bin/git": `#!/bin/sh\n${program}\n` });
      await chmod(path.join(repository.folder, "node_modules/.bin/git"), 0o755);
    },
    environment: ({ folder }) => ({ PATH: `${folder}/node_modules/.bin:${process.env["PATH"]}` }),
    executedBy: (repository) =>
      repository.tryGit({ PATH: `${repository.folder}/node_modules/.bin` }, "--version"),
  },
  {
    name: "a git in a folder of the PATH that is not absolute",
    plant: async (repository, program) => {
      await repository.write({ git: `#!/bin/sh\n${program}\n` });
      await chmod(path.join(repository.folder, "git"), 0o755);
    },
    environment: () => ({ PATH: `.:${process.env["PATH"]}` }),
    executedBy: (repository) => repository.tryGit({ PATH: "." }, "--version"),
  },
  {
    name: "variables that name an external diff",
    plant: async () => {},
    environment: (_repository, program) => ({ GIT_EXTERNAL_DIFF: program }),
    executedBy: (repository, program) =>
      repository.tryGit({ GIT_EXTERNAL_DIFF: program }, "diff", "main", "head"),
  },
  {
    name: "variables that are configuration",
    plant: async () => {},
    environment: (_repository, program) => configVariables(program),
    executedBy: (repository, program) => repository.tryGit(configVariables(program), "status"),
  },
  {
    name: "a variable that names where git keeps its programs",
    plant: async (repository, program) => {
      await repository.write({ "programs/git-planted": `#!/bin/sh\n${program}\n` });
      await chmod(path.join(repository.folder, "programs/git-planted"), 0o755);
    },
    environment: ({ folder }) => ({ GIT_EXEC_PATH: `${folder}/programs` }),
    executedBy: (repository) =>
      repository.tryGit({ GIT_EXEC_PATH: `${repository.folder}/programs` }, "planted"),
  },
];

function configVariables(program: string): Readonly<Record<string, string>> {
  return { GIT_CONFIG_COUNT: "1", GIT_CONFIG_KEY_0: "core.fsmonitor", GIT_CONFIG_VALUE_0: program };
}

/** What a review is about: a repository with a change from `main` to `head`. */
export async function changedRepository(): Promise<TestRepository> {
  const repository = await TestRepository.create();
  await repository.commit({ ...attributes, "a.tac": "return 1\n" });
  await repository.git("checkout", "--quiet", "-b", "head");
  await repository.commit({ "a.tac": "return 2\n", "new.tac": "return 3\n" });
  return repository;
}

/** Plants a program that leaves a mark when it is executed. */
export async function plantProgram(
  planted: PlantedProgram,
  repository: TestRepository,
): Promise<{ readonly program: string; readonly isExecuted: () => Promise<boolean> }> {
  const program = path.join(repository.outside, "program");
  const mark = path.join(repository.outside, "mark");
  await writeFile(program, `#!/bin/sh\necho executed >> ${mark}\n`);
  await chmod(program, 0o755);
  await planted.plant(repository, program);
  await rm(mark, { force: true });
  const isExecuted = (): Promise<boolean> =>
    stat(mark).then(
      () => true,
      () => false,
    );
  return { program, isExecuted };
}
