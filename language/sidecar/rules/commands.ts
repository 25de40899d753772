import type { ConfigPath } from "#language/sidecar/config-path.ts";
import {
  type ConfigRule,
  entriesAt,
  type PlacedText,
  type RuleFinding,
  textAt,
  textsAt,
} from "#language/sidecar/rules/config-rule.ts";
import type { YamlDocument } from "#language/sidecar/yaml-document.ts";

/** Commands of MCP servers and host tools: do they say exactly what will run? */
export const commands: ConfigRule = function* ({ document }) {
  for (const { name } of entriesAt(document, ["mcp_servers"]))
    yield* commandFindings(serverCommand(document, ["mcp_servers", name]));
  for (const { name } of entriesAt(document, ["host_tools", "tools"]))
    yield* commandFindings(textsAt(document, ["host_tools", "tools", name, "command"]));
};

/** The program and its arguments as one command line. */
function serverCommand(document: YamlDocument, path: ConfigPath): readonly PlacedText[] {
  const program = textAt(document, [...path, "command"]);
  return program ? [program, ...textsAt(document, [...path, "args"])] : [];
}

/** What is longer is no name of a package. */
const longestName = 500;

function* commandFindings([program, ...args]: readonly PlacedText[]): Generator<RuleFinding> {
  if (!program) return;
  const given = args.filter(({ text }) => text.length <= longestName);
  const name = programName(program.text);
  if (shells.has(name) && given.some(({ text }) => /^(-\w*c|\/[ck]|-command|-encodedcommand)$/i.test(text))) {
    yield {
      ...program.node,
      code: "config-command-shell",
      message:
        "This is a text for a shell. Write the program and its arguments one by one, so that a reader sees what runs.",
    };
    return;
  }
  const download = downloads[name]?.(given);
  if (!download || download.isPinned) return;
  yield {
    ...(download.what ?? program).node,
    code: "config-command-not-pinned",
    message: `${download.what ? `"${download.what.text}" names` : "This names"} no exact version: each start may run something else. Write ${download.how}.`,
  };
}

/** With `-c` they take a text; with a file they run what a reader can look at. */
const shells: ReadonlySet<string> = new Set([
  "sh",
  "bash",
  "zsh",
  "dash",
  "fish",
  "cmd",
  "powershell",
  "pwsh",
]);

/** `/usr/bin/npx` and `npx.cmd` are `npx`. */
function programName(program: string): string {
  const last = program.split(/[\\/]/).at(-1) ?? "";
  return last.toLowerCase().replace(/\.(exe|cmd|ps1)$/, "");
}

/** What a launcher would download, and whether that is one exact thing. */
interface Download {
  readonly what?: PlacedText;
  readonly isPinned: boolean;
  /** What an exact version looks like. */
  readonly how: string;
}

type ReadDownload = (given: readonly PlacedText[]) => Download | undefined;

const npmHow = "`name@1.2.3`";
const pythonHow = "`name==1.2.3`";

/** Launchers that fetch what they run, and where each of them names it. */
const downloads: Readonly<Record<string, ReadDownload>> = {
  npx: (given) => npmPackage(given),
  bunx: (given) => npmPackage(given),
  npm: (given) => afterWord(given, /^(exec|x)$/, npmPackage),
  pnpm: (given) => afterWord(given, /^(dlx|exec)$/, npmPackage),
  yarn: (given) => afterWord(given, /^dlx$/, npmPackage),
  bun: (given) => afterWord(given, /^x$/, npmPackage),
  uvx: (given) => pythonPackage(given),
  uv: (given) => afterWord(given, /^(run|install)$/, pythonPackage),
  pipx: (given) => afterWord(given, /^(run|install)$/, pythonPackage),
  pip: (given) => afterWord(given, /^install$/, pythonPackage),
  pip3: (given) => afterWord(given, /^install$/, pythonPackage),
  docker: (given) => afterWord(given, /^run$/, containerImage),
  podman: (given) => afterWord(given, /^run$/, containerImage),
  deno: (given) => afterWord(given, /^run$/, denoModule),
  go: (given) => afterWord(given, /^(run|install)$/, goModule),
};

/** For launchers whose first words say what to do: `npm exec`, `uv tool run`. */
function afterWord(given: readonly PlacedText[], word: RegExp, read: ReadDownload): Download | undefined {
  const index = given.findIndex(({ text }) => word.test(text));
  return index < 0 ? undefined : read(given.slice(index + 1));
}

/** `name@1.2.3`; ranges and tags such as `@next` move. */
function npmPackage(given: readonly PlacedText[]): Download | undefined {
  const what = optionValue(given, /^(-p|--package)$/) ?? firstWord(given, /^(-c|--call)$/);
  if (!what || isLocal(what.text)) return undefined;
  const spec = what.text.replace(/^--?\w+=/, "");
  return { what, how: npmHow, isPinned: /.@v?\d+\.\d+\.\d+[\w.+-]*$/.test(spec) || isExactSource(spec) };
}

/** `name==1.2.3`, or a repository at a commit. */
function pythonPackage(given: readonly PlacedText[]): Download | undefined {
  const what =
    optionValue(given, /^(--from|--spec)$/) ?? firstWord(given, /^(--with|--python|-p|--index-url)$/);
  if (!what || isLocal(what.text) || /\.py$/.test(what.text)) return undefined;
  const spec = what.text.replace(/^--\w+=/, "");
  return {
    what,
    how: pythonHow,
    isPinned: /.(==|@)v?\d+(\.\d+)*[\w.+-]*$/.test(spec) || isExactSource(spec),
  };
}

/** A digest is exact; a tag that names a version is as good as its publisher. */
function containerImage(given: readonly PlacedText[]): Download | undefined {
  const what = firstWord(
    given,
    /^(-[evpwu]|--(env|volume|name|network|mount|user|workdir|publish|entrypoint|label))$/,
  );
  if (!what) return undefined;
  const tag = /:([\w.-]+)$/.exec(what.text)?.[1];
  const isPinned = /@sha256:[\da-f]{64}$/i.test(what.text) || (tag !== undefined && tag !== "latest");
  return { what, how: "`image@sha256:…` or an exact tag", isPinned };
}

function denoModule(given: readonly PlacedText[]): Download | undefined {
  const what = firstWord(given);
  if (!what || !/^(npm:|jsr:|https?:)/.test(what.text)) return undefined;
  return { what, how: "`npm:name@1.2.3`", isPinned: /@v?\d+\.\d+\.\d+/.test(what.text) };
}

function goModule(given: readonly PlacedText[]): Download | undefined {
  const what = firstWord(given);
  if (!what?.text.includes("@")) return undefined;
  return { what, how: "`module@v1.2.3`", isPinned: /@v\d+\.\d+\.\d+/.test(what.text) };
}

/** The first argument that is no option; `takesValue` are options with their value behind them. */
function firstWord(given: readonly PlacedText[], takesValue?: RegExp): PlacedText | undefined {
  return given.find(
    ({ text }, index) => !text.startsWith("-") && !takesValue?.test(given[index - 1]?.text ?? ""),
  );
}

/** `--from x` and `--from=x`. */
function optionValue(given: readonly PlacedText[], option: RegExp): PlacedText | undefined {
  const joined = given.find(
    ({ text }) => text.includes("=") && option.test(text.slice(0, text.indexOf("="))),
  );
  const index = given.findIndex(({ text }) => option.test(text));
  return joined ?? (index < 0 ? undefined : given[index + 1]);
}

/** What lies on this machine is not downloaded. */
function isLocal(text: string): boolean {
  return /^(\.{0,2}\/|~|[A-Za-z]:[\\/]|file:|\$\{)/.test(text) || text === ".";
}

/** A repository at a commit, or a file with its hash. */
function isExactSource(text: string): boolean {
  return /[#@][\da-f]{40}$/i.test(text) || /sha256[:=-]/i.test(text);
}
