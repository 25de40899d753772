import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { type Attack, outcome } from "../../attack.ts";
import {
  foldedNames,
  ignoredLeftOut,
  plainNames,
  protectedFiles,
} from "../../controls/workspace-controls.ts";
import { servedWorkspace } from "../../world/workspace.ts";
import type { World } from "../../world/world.ts";

/** Writes these into the workspace itself, and gives those that are there afterwards. */
async function planted(world: World, files: readonly string[]): Promise<string[]> {
  const lines = files.map((file) => `  pcall(File.write, ${JSON.stringify(file)}, ${world.marker.lua})`);
  const source = `Procedure { function()\n${lines.join("\n")}\nend }`;
  await world.procedure(source, ["--workspace", "mount"]);
  return files.filter((file) => isPlanted(world, file));
}

function isPlanted({ folder, marker }: World, file: string): boolean {
  const place = path.join(folder, file);
  return existsSync(place) && readFileSync(place, "utf8").includes(marker.text);
}

function plantedOutcome(files: readonly string[]) {
  return outcome(files.length > 0, files.length > 0 ? `there: ${files.join()}` : "none of them is there");
}

export const attacks: readonly Attack[] = [
  {
    id: "fs-plants-hooks-and-editor-settings",
    threat: "T7",
    title: "writes git hooks, tasks of the editor, workflows, build files and a procedure for the next run",
    success: "one of them is in the workspace",
    control: protectedFiles,
    places: ["embedded", "docker"],
    attempt: async (world) => {
      const git = [".git/hooks/post-checkout", ".git/config", ".gitattributes"];
      const editor = [".vscode/tasks.json", ".vscode/settings.json", ".github/workflows/ci.yml"];
      const shells = [".envrc", ".npmrc", "package.json", "Makefile", "node.exe"];
      return plantedOutcome(await planted(world, [...git, ...editor, ...shells, "next.tac"]));
    },
  },
  {
    id: "fs-relaxes-its-own-policy",
    threat: "T20",
    title: "rewrites its sidecar, the folder's config and its own source after they were reviewed",
    success: "one of them has other bytes than before the run",
    control: protectedFiles,
    places: ["embedded", "docker"],
    attempt: async (world) =>
      plantedOutcome(await planted(world, ["attack.tac.yml", ".tactus/config.yml", "attack.tac"])),
  },
  {
    id: "fs-protected-names-in-another-case",
    threat: "T7",
    title: "writes protected files by names that a file system without case takes for them",
    success: "one of them is in the workspace",
    control: foldedNames,
    places: ["host"],
    attempt: async (world) => {
      const workspace = await servedWorkspace(world, "mount");
      const files = ["Package.JSON", "MAKEFILE", "next.TAC", "ａgents.md", "node.EXE"];
      for (const file of files) await workspace.write({ path: file, text: world.marker.text });
      return plantedOutcome(files.filter((file) => isPlanted(world, file)));
    },
  },
  {
    id: "fs-names-that-break-a-listing",
    threat: "T7",
    title: "makes files with line feeds, bidi marks, device names, streams and 5000 bytes in their names",
    success: "a file of such a name is in the workspace",
    control: plainNames,
    places: ["host"],
    attempt: async (world) => {
      const workspace = await servedWorkspace(world, "mount");
      const files = [
        "a\nb.txt",
        "\u202etxt.exe-",
        "con.txt",
        "notes.txt:stream",
        "trailing. ",
        "x".repeat(5000),
      ];
      for (const file of files) await workspace.write({ path: file, text: world.marker.text });
      return plantedOutcome(
        files.filter((file) => isPlanted(world, file)).map((file) => JSON.stringify(file)),
      );
    },
  },
  {
    id: "fs-secrets-of-the-workspace",
    threat: "T18",
    title: "reads .env, a key and the git configuration, by name, in another case and through links",
    success: "the text of one of them is read",
    control: protectedFiles,
    places: ["host"],
    attempt: async (world) => {
      const { file } = world.canaries;
      world.write({
        ".env": file,
        "deploy.pem": file,
        ".git/config": file,
        "prod.env": file,
        "Credentials.json": file,
      });
      const workspace = await servedWorkspace(world, "mount");
      const names = [".env", "deploy.pem", ".git/config", "prod.env", "Credentials.json"];
      const answers = await Promise.all(names.map((name) => workspace.read({ path: name })));
      const read = names.filter((_, index) => JSON.stringify(answers[index]).includes(file));
      return outcome(read.length > 0, `read: ${read.join() || "none"}`);
    },
  },
  {
    id: "fs-what-git-ignores-in-a-copy",
    threat: "T18",
    title: "reads on a copy what git ignores: by the folder's rules and by those of the clone",
    success: "the text of an ignored file is read",
    control: ignoredLeftOut,
    places: ["host"],
    attempt: async (world) => {
      const { file } = world.canaries;
      world.write({
        ".gitignore": "local/\n",
        "local/notes.txt": file,
        ".git/info/exclude": "mine.txt\n",
        "mine.txt": file,
      });
      const workspace = await servedWorkspace(world, "copy");
      const answers = await Promise.all(
        ["local/notes.txt", "mine.txt"].map((name) => workspace.read({ path: name })),
      );
      const read = JSON.stringify(answers).includes(file);
      return outcome(read, `an ignored file was ${read ? "" : "not "}read`);
    },
  },
];
