import { isGitFolder, whyContainerRefused, whyNeverMounted } from "#language/sidecar/guarded-places.ts";
import { leavesWorkspace, resolveHostPath } from "#language/sidecar/host-path.ts";
import {
  type ConfigRule,
  type PlacedText,
  type RuleFinding,
  type RuleSubject,
  scalarAt,
  textsAt,
} from "#language/sidecar/rules/config-rule.ts";
import { parseVolume, type Volume } from "#language/sidecar/volume.ts";
import type { YamlFix } from "#language/sidecar/yaml-problem.ts";

/** What each volume shows of the machine, and whether a run may change it. */
export const mounts: ConfigRule = function* (subject) {
  for (const placed of textsAt(subject.document, ["sandbox", "volumes"])) {
    if (placed.text.includes("${")) continue;
    const parsed = parseVolume(placed.text);
    if (parsed.ok) yield* volumeFindings(placed, parsed.value, subject);
    else yield refused(placed, parsed.error, subject);
  }
};

/** `mount_current_dir: true` where nobody has looked at what would run. */
export const mountUnderReview: ConfigRule = function* ({ document, context }) {
  const node = scalarAt(document, ["sandbox", "mount_current_dir"]);
  if (!context.untrusted || node?.value !== true) return;
  yield {
    ...node,
    code: "config-mount-under-review",
    message:
      "A run would write into the folder itself. For what nobody has reviewed, write `false` (an empty workspace), or leave it out: then a copy is used.",
    fixes: [
      {
        title: "Replace with false",
        edits: [{ start: node.start, end: node.end, text: "false" }],
        isPreferred: true,
      },
    ],
  };
};

/** The gravest first; of a mount that nobody gets nothing else is said. */
function* volumeFindings(placed: PlacedText, volume: Volume, subject: RuleSubject): Generator<RuleFinding> {
  const { place = {} } = subject.context;
  const path = resolveHostPath(volume.host, place);
  const reason = whyNeverMounted(path, place) ?? whyContainerRefused(resolveHostPath(volume.container, {}));
  if (reason !== undefined) {
    yield refused(placed, `"${volume.host}" is never mounted: ${reason}.`, subject);
    return;
  }
  if (isGitFolder(path)) yield { ...placed.node, code: "config-mount-git", message: gitMessage };
  const isOutside = leavesWorkspace(path, place) === true;
  if (volume.mode === "rw") yield writable(placed, volume, isOutside);
  else if (isOutside) yield outside(placed, volume);
  if (volume.mode === undefined) yield withoutMode(placed);
}

const gitMessage =
  "This shows git's own folder: its config may hold tokens, and hooks that are written there run on this machine.";

/** The start of a run leaves it out, or stops when it is one's own config that asks. */
function refused(placed: PlacedText, problem: string, { context }: RuleSubject): RuleFinding {
  const leftOut = context.isOwn ? "" : " It is left out, grant or not.";
  return {
    ...placed.node,
    code: "config-mount-refused",
    severity: context.isOwn ? "error" : "warning",
    message: `${problem}${leftOut}`,
  };
}

function writable(placed: PlacedText, { host }: Volume, isOutside: boolean): RuleFinding {
  const where = isOutside ? `"${host}", outside the workspace,` : `"${host}"`;
  return {
    ...placed.node,
    code: "config-mount-writable",
    message: `A run may change ${where} on this machine. Mount it with \`:ro\` unless it must.`,
    fixes: [
      {
        ...rewritten(placed, placed.text.replace(/:rw$/, ":ro"), "Mount it read-only (`:ro`)"),
        isPreferred: true,
      },
    ],
  };
}

function outside(placed: PlacedText, { host }: Volume): RuleFinding {
  return {
    ...placed.node,
    code: "config-mount-outside",
    message: `"${host}" lies outside the workspace: the procedure and its tools can read all of it.`,
  };
}

/** The original mounts it writable: a file that is used with both should say what it means. */
function withoutMode(placed: PlacedText): RuleFinding {
  return {
    ...placed.node,
    code: "config-mount-mode",
    message: "Without a mode it is read-only here, and writable in the original program. Write `:ro`.",
    fixes: [{ ...rewritten(placed, `${placed.text}:ro`, "Add `:ro`"), isPreferred: true, isSafe: true }],
  };
}

function rewritten({ node }: PlacedText, text: string, title: string): YamlFix {
  return { title, edits: [{ start: node.start, end: node.end, text: JSON.stringify(text) }] };
}
