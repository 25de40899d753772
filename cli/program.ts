import { Argument, Command, InvalidArgumentError, Option } from "commander";
import packageJson from "../package.json" with { type: "json" };
import { type Exit, strict } from "./strict-command.ts";
import { addGrants, addManifest, addReview } from "./trust-commands.ts";

/** The command line of the contract. Each action loads its command when it is called, not before. */
export function buildProgram(exit: Exit): Command {
  const program = strict(new Command("tactus-studio"))
    .description("Write, check and run Tactus agent procedures (.tac) in a locked-down sandbox.")
    .version(packageJson.version);
  addCheck(program, exit);
  addFormat(program, exit);
  addRun(program, exit);
  addTest(program, exit);
  addEval(program, exit);
  addRuns(program, exit);
  addReview(program, exit);
  addManifest(program, exit);
  addGrants(program, exit);
  addSandbox(program, exit);
  strict(program.command("lsp"))
    .description("Language server for editors.")
    .addOption(new Option("--stdio", "Speak over standard input and output.").makeOptionMandatory())
    .action(async () => {
      const { serveLanguage } = await import("./commands/lsp.ts");
      exit(await serveLanguage());
    });
  strict(program.command("dap"))
    .description("Debug adapter for editors.")
    .addOption(new Option("--stdio", "Speak over standard input and output.").makeOptionMandatory())
    .action(async () => {
      const { serveDebugger } = await import("./commands/dap.ts");
      exit(await serveDebugger());
    });
  return program;
}

function addCheck(program: Command, exit: Exit): void {
  strict(program.command("check"))
    .description("Shows what is wrong with .tac files, sidecars and .tactus/config.yml.")
    .argument("[paths...]", "Files or folders; git-ignored files are left out. Default: the current folder.")
    .addOption(new Option("--json", "Print the diagnostics as JSON.").conflicts("sarif"))
    .option("--sarif", "Print the diagnostics as SARIF 2.1.0.")
    .action(async (paths: string[], options: { json?: true; sarif?: true }) => {
      const { check } = await import("./commands/check.ts");
      exit(await check(paths, options.json ? "json" : options.sarif ? "sarif" : "text"));
    });
}

function addFormat(program: Command, exit: Exit): void {
  strict(program.command("format"))
    .description("Formats .tac files.")
    .argument("[paths...]", "Files or folders; git-ignored files are left out. Default: the current folder.")
    .option(
      "--check",
      "Write nothing; list the files that are not formatted, and exit with 1 if there are any.",
      false,
    )
    .option("--stdin", "Format standard input to standard output.", false)
    .action(async (paths: string[], options: import("./commands/format.ts").FormatCommandOptions) => {
      const { format } = await import("./commands/format.ts");
      exit(await format(paths, options));
    });
}

function addRun(program: Command, exit: Exit): void {
  strict(program.command("run"))
    .description("Runs a procedure in the sandbox.")
    .argument("<file>", "The .tac file.")
    .argument(
      "[task]",
      "The task or procedure of the file to run, as in parent:child. Default: its entry point.",
    )
    .addOption(
      new Option("--input <key=value>", "One input, as text; may be repeated.")
        .argParser(collect)
        .default([]),
    )
    .option("--input-json <json>", "Inputs as a JSON object.", jsonObject)
    .option("--procedure <name>", "The same as the second argument.")
    .addOption(new Option("--isolation <isolation>", "Where it runs.").choices(["docker", "embedded"]))
    .addOption(new Option("--sandbox", "The same as --isolation docker.").conflicts("isolation"))
    .option("--mock", "Answer for every model that declares no mock; nothing is sent out.", false)
    .option("--json", "Print the events as JSON, one a line.", false)
    .option("--timeout <seconds>", "Longest time of the run.", positiveNumber)
    .addOption(
      new Option("--workspace <mode>", "What the procedure sees of the current folder.").choices([
        "mount",
        "copy",
        "none",
      ]),
    )
    .option("--yes", "Grant what the folder's config asks for, for this run.", false)
    .addOption(
      new Option(
        "--revision <commit>",
        "Run the file as it is in this commit, out of git's objects: nothing is granted, models are mocked.",
      ).conflicts(["yes", "workspace"]),
    )
    .addOption(
      new Option("--spend <dollars>", "With --revision: ask models, which may cost as much.")
        .argParser(dollars)
        .conflicts("mock"),
    )
    .action(
      async (file: string, task: string | undefined, options: import("./commands/run.ts").RunOptions) => {
        const { run } = await import("./commands/run.ts");
        exit(await run(file, task === undefined ? options : { ...options, procedure: task }));
      },
    );
}

function addTest(program: Command, exit: Exit): void {
  strict(program.command("test"))
    .description("Runs the specifications of .tac files in the sandbox.")
    .argument(
      "<paths...>",
      "Files or folders; in folders, the files with specifications that git does not ignore.",
    )
    .option("--scenario <name>", "Only the scenarios of this name.")
    .option("--runs <number>", "How often each scenario is run.", wholeNumber, 1)
    .option("--jobs <number>", "Sandboxes at a time. Default: one for each processor.", wholeNumber)
    .addOption(new Option("--mock", "Models are mocked; nothing is sent out. The default.").default(true))
    .addOption(new Option("--no-mock", "Ask the real models."))
    .addOption(new Option("--isolation <isolation>", "Where it runs.").choices(["docker", "embedded"]))
    .addOption(new Option("--sandbox", "The same as --isolation docker.").conflicts("isolation"))
    .option(
      "--timeout <seconds>",
      "Longest time of a scenario. Default: 60, or 600 with real models.",
      positiveNumber,
    )
    .addOption(new Option("--json", "Print the report as JSON.").default(false))
    .addOption(new Option("--junit <file>", "Write the report as JUnit XML.").conflicts("json"))
    .option("--yes", "Grant what the folder's config asks for, for this command.", false)
    .action(async (paths: string[], options: import("./commands/test.ts").TestOptions) => {
      const { test } = await import("./commands/test.ts");
      exit(await test(paths, options));
    });
}

function addEval(program: Command, exit: Exit): void {
  strict(program.command("eval"))
    .description("Runs the evaluation of a .tac file in the sandbox and measures its outputs.")
    .argument("<file>", "The .tac file.")
    .option("--runs <number>", "How often each case is run. Default: as the file says.", wholeNumber)
    .option("--jobs <number>", "Sandboxes at a time.", wholeNumber, 1)
    .option("--mock", "Models are mocked; nothing is sent out.", false)
    .addOption(new Option("--isolation <isolation>", "Where it runs.").choices(["docker", "embedded"]))
    .addOption(new Option("--sandbox", "The same as --isolation docker.").conflicts("isolation"))
    .option("--timeout <seconds>", "Longest time of a run.", positiveNumber, 600)
    .option("--json", "Print the report as JSON.", false)
    .option("--yes", "Grant what the folder's config asks for, for this command.", false)
    .action(async (file: string, options: import("./commands/eval.ts").EvaluationOptions) => {
      const { evaluate } = await import("./commands/eval.ts");
      exit(await evaluate(file, options));
    });
}

function addRuns(program: Command, exit: Exit): void {
  const runs = strict(program.command("runs")).description("The journal of earlier runs.");
  const json = (): Option => new Option("--json", "Print JSON.").default(false);
  strict(runs.command("list"))
    .description("Runs of this folder, newest first.")
    .addOption(json())
    .action(async (options: { json: boolean }) => {
      const { listCommand } = await import("./commands/runs.ts");
      exit(await listCommand(options));
    });
  addShow(runs, exit);
  strict(runs.command("events"))
    .description("The events of a run, one JSON object a line.")
    .addArgument(new Argument("<id>", "The run."))
    .addOption(json())
    .action(async (id: string) => {
      const { eventsCommand } = await import("./commands/runs.ts");
      exit(await eventsCommand(id));
    });
  addRespond(runs, exit);
  addResume(runs, exit);
  addFork(runs, exit);
  addChanges(runs, exit);
}

function addShow(runs: Command, exit: Exit): void {
  strict(runs.command("show"))
    .description("What happened in a run.")
    .addArgument(new Argument("<id>", "The run."))
    .option("--json", "Print JSON.", false)
    .addOption(
      new Option("--html <folder>", "Write it as a page, index.html, that opens from a disk.").conflicts(
        "json",
      ),
    )
    .addOption(
      new Option("--web", "Serve the page to this machine while the run goes on.").conflicts([
        "json",
        "html",
      ]),
    )
    .action(async (id: string, options: { json: boolean; html?: string; web?: true }) => {
      if (options.html !== undefined || options.web) {
        const { serveRunReport, writeRunReport } = await import("./commands/run-report.ts");
        return exit(
          await (options.html === undefined ? serveRunReport(id) : writeRunReport(id, options.html)),
        );
      }
      const { showCommand } = await import("./commands/runs.ts");
      exit(await showCommand(id, options));
    });
}

function addRespond(runs: Command, exit: Exit): void {
  strict(runs.command("respond"))
    .description("Answers a question that a run waits for; `runs resume` then goes on with it.")
    .addArgument(new Argument("<id>", "The run."))
    .addArgument(new Argument("<request>", "The question, as `runs show` names it."))
    .addArgument(new Argument("<value>", "The answer: JSON, or what would be typed at the terminal."))
    .option("--json", "Print what was kept as JSON.", false)
    .action(async (id: string, request: string, value: string, options: { json: boolean }) => {
      const { respond } = await import("./commands/respond.ts");
      exit(await respond(id, request, value, options));
    });
}

function addChanges(runs: Command, exit: Exit): void {
  const descriptions = {
    diff: "What a run on a copied workspace would change.",
    apply: "Writes a run's changes into this folder; nothing when one of them is refused.",
    discard: "Forgets a run's changes.",
  } as const;
  for (const name of ["diff", "apply", "discard"] as const) {
    const command = strict(runs.command(name))
      .description(descriptions[name])
      .addArgument(new Argument("<id>", "The run."))
      .addArgument(new Argument("[files...]", "Only these, as `runs diff` names them. Default: all."))
      .option("--json", "Print JSON.", false)
      .action(
        async (id: string, files: string[], options: import("./commands/run-changes.ts").ChangeOptions) => {
          const commands = await import("./commands/run-changes.ts");
          exit(await commands[name](id, files, options));
        },
      );
    if (name === "apply") addConfirmations(command);
  }
  strict(runs.command("tried"))
    .description("What a run did and tried, denied calls included, beside what its files declare.")
    .argument("<id>", "The run.")
    .option("--json", "Print JSON.", false)
    .action(async (id: string, options: { json: boolean }) => {
      const { tried } = await import("./commands/tried.ts");
      exit(await tried(id, options));
    });
  strict(runs.command("compare"))
    .description("What two runs did, side by side: turns, tool calls, results, cost.")
    .argument("<base>", "The run that is compared with.")
    .argument("<head>", "The run that is looked at.")
    .option("--json", "Print JSON.", false)
    .action(async (base: string, head: string, options: { json: boolean }) => {
      const { compare } = await import("./commands/compare.ts");
      exit(await compare(base, head, options));
    });
  strict(runs.command("prune"))
    .description("Deletes runs that completed or were cancelled, with the changes that they left.")
    .option("--all", "Those that could still go on, too.", false)
    .option("--json", "Print JSON.", false)
    .action(async (options: { json: boolean; all: boolean }) => {
      const { prune } = await import("./commands/prune-runs.ts");
      exit(await prune(options));
    });
}

function addConfirmations(command: Command): void {
  const repeated = (file: string, earlier: readonly string[]): string[] => [...earlier, file];
  command
    .addOption(
      new Option("--confirm <file>", "Apply this file although programs obey or start it; may be repeated.")
        .argParser(repeated)
        .default([]),
    )
    .addOption(
      new Option("--overwrite <file>", "Write over this file although it changed meanwhile; may be repeated.")
        .argParser(repeated)
        .default([]),
    );
}

function addResume(runs: Command, exit: Exit): void {
  strict(runs.command("resume"))
    .description(
      "Goes on with a run that failed, was ended or waits: nothing that it completed is done again.",
    )
    .addArgument(new Argument("<id>", "The run."))
    .option("--json", "Print the events as JSON, one a line.", false)
    .option("--yes", "Grant what the folder's config asks for, for this part of the run.", false)
    .action(async (id: string, options: { json: boolean; yes: boolean }) => {
      const { resume } = await import("./commands/resume.ts");
      exit(await resume(id, options));
    });
  strict(runs.command("replay"))
    .description("Makes a run again out of its journal and prints its events; nothing is called.")
    .addArgument(new Argument("<id>", "The run."))
    .option("--to <seq>", "The last event of the journal that counts.", positiveNumber)
    .option("--json", "Print the events as JSON, one a line.", false)
    .action(async (id: string, options: { json: boolean; to?: number }) => {
      const { replay } = await import("./commands/replay.ts");
      exit(await replay(id, options));
    });
}

function addFork(runs: Command, exit: Exit): void {
  strict(runs.command("fork"))
    .description("Starts a new run at a checkpoint of an earlier one, which stays as it is.")
    .addArgument(new Argument("<id>", "The earlier run."))
    .requiredOption("--checkpoint <number>", "The last checkpoint that both have.", wholeNumber)
    .addOption(
      new Option(
        "--state <json>",
        "Fields of state that get another value there, as a JSON object; null removes one.",
      )
        .argParser(jsonObject)
        .default({}),
    )
    .option("--json", "Print the events as JSON, one a line.", false)
    .option("--yes", "Grant what the folder's config asks for, for this part of the run.", false)
    .action(async (id: string, options: import("./commands/fork.ts").ForkOptions) => {
      const { fork } = await import("./commands/fork.ts");
      exit(await fork(id, options));
    });
}

function addSandbox(program: Command, exit: Exit): void {
  const sandbox = strict(program.command("sandbox")).description("The isolation that this machine can give.");
  const descriptions = {
    doctor: "Shows each isolation, its controls, and what is missing.",
    build: "Builds the sandbox image.",
    prune: "Removes what earlier runs left behind.",
  } as const;
  for (const name of ["doctor", "build", "prune"] as const) {
    const command = strict(sandbox.command(name))
      .description(descriptions[name])
      .option("--json", "Print JSON.", false)
      .action(async (options: { json: boolean; python?: boolean; selfTest?: boolean }) => {
        const commands = await import("./commands/sandbox.ts");
        exit(await commands[name](options));
      });
    if (name === "doctor")
      command.option("--self-test", "Try inside real sandboxes what they must refuse, and tell what held.");
    if (name === "build") command.option("--python", "The image for runs with Python plugins.");
  }
}

function collect(value: string, earlier: readonly string[]): string[] {
  if (!/^[^=]+=/.test(value)) throw new InvalidArgumentError(`It must look like key=value.`);
  return [...earlier, value];
}

function positiveNumber(value: string): number {
  const number = Number(value);
  if (!(number > 0 && number <= 86_400))
    throw new InvalidArgumentError("It must be seconds above 0, at most 86400.");
  return number;
}

function dollars(value: string): number {
  const number = Number(value);
  if (!(number > 0 && number <= 100))
    throw new InvalidArgumentError("It must be dollars above 0, at most 100.");
  return number;
}

function wholeNumber(value: string): number {
  const number = Number(value);
  if (!(Number.isInteger(number) && number >= 1 && number <= 10_000))
    throw new InvalidArgumentError("It must be a whole number from 1 to 10000.");
  return number;
}

function jsonObject(value: string): unknown {
  const parsed = parseJson(value);
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    throw new InvalidArgumentError("It must be a JSON object.");
  }
  return parsed;
}

function parseJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    throw new InvalidArgumentError("It is not JSON.");
  }
}
