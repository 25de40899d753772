import { type Command, Option } from "commander";
import { type Exit, strict } from "./strict-command.ts";

/** What a change does to the trust. */
export function addReview(program: Command, exit: Exit): void {
  strict(program.command("review"))
    .description("What a change does to what a run may touch and is trusted with. Nothing of it is executed.")
    .argument("<range>", "BASE..HEAD, or a branch; with --patch, the commit that the patch was made from.")
    .option("--patch <file>", "Review a patch, as `git diff` or `git format-patch` writes it.")
    .addOption(new Option("--json", "Print the review as JSON.").conflicts("sarif"))
    .option("--sarif", "Print the review as SARIF 2.1.0.")
    .addOption(
      new Option("--html <folder>", "Write it as a page, index.html, that opens from a disk.").conflicts([
        "json",
        "sarif",
      ]),
    )
    .action(async (range: string, options: import("./commands/review.ts").ReviewOptions) => {
      const { review } = await import("./commands/review.ts");
      exit(await review(range, options));
    });
}

/** What a procedure may touch. */
export function addManifest(program: Command, exit: Exit): void {
  strict(program.command("manifest"))
    .description(
      "What a procedure may touch: models, tools, files, people, programs and limits, each with its line.",
    )
    .argument("<file>", "The .tac file.")
    .option("--json", "Print JSON.", false)
    .action(async (file: string, options: { json: boolean }) => {
      const { manifest } = await import("./commands/manifest.ts");
      exit(await manifest(file, options));
    });
}

/** What the person granted. */
export function addGrants(program: Command, exit: Exit): void {
  const grants = strict(program.command("grants")).description(
    "What you granted to files of folders: each grant is for exactly the content that was shown.",
  );
  strict(grants.command("list"))
    .description("Everything that you granted or left out, newest first.")
    .option("--json", "Print JSON.", false)
    .action(async (options: { json: boolean }) => {
      const commands = await import("./commands/grants.ts");
      exit(await commands.list(options));
    });
  strict(grants.command("show"))
    .description("What the sidecar and config of a procedure ask for, entry by entry.")
    .argument("<file>", "The .tac file.")
    .option("--json", "Print JSON.", false)
    .action(async (file: string, options: { json: boolean }) => {
      const commands = await import("./commands/grants.ts");
      exit(await commands.show(file, options));
    });
  const all = (meaning: string): Option => new Option("--all", meaning).default(false);
  strict(grants.command("add"))
    .description("Grants entries, as `grants show` names them, until their file changes.")
    .argument("<file>", "The .tac file.")
    .argument("[ids...]", "The entries.")
    .addOption(all("Everything that can be granted."))
    .action(async (file: string, ids: string[], options: { all: boolean }) => {
      const commands = await import("./commands/grants.ts");
      exit(await commands.add(file, ids, options));
    });
  strict(grants.command("revoke"))
    .description("Takes grants back.")
    .argument("[ids...]", "Entries or files, as `grants list` names them.")
    .addOption(all("Everything."))
    .action(async (ids: string[], options: { all: boolean }) => {
      const commands = await import("./commands/grants.ts");
      exit(await commands.revoke(ids, options));
    });
}
