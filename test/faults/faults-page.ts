import type { Fault } from "./fault.ts";

/** `docs/faults.md`, made of the faults themselves; `node test/faults/write-page.ts` writes it. */
export function faultsPage(faults: readonly Fault[]): string {
  return [
    "# Faults",
    "",
    `${faults.length} things that go wrong around a run, each made to happen with real parts: an engine of the suite's own, full disks,`,
    "a set clock, killed processes, a model server that lies. `npm run faults` prints what came of each; the suite `faults` fails when",
    "one ends in another state than it says here, when something is lost, or when something is left behind.",
    "",
    "- *Lost* would be: an event that was shown and is not in the journal, a journal that can't be read or does not go on, an effect",
    "  outside that a resumed run makes again under another key, a file in halves.",
    "- *Left behind* would be, counted from outside before and after: a container, network, volume or unnamed image of the engine; a",
    "  process of the command, of a sandbox or of a container; a claim, draft or half of a file, or anything in the folder for",
    "  temporary files.",
    "",
    "States lost: 0. Left behind: 0.",
    "",
    "`exit 128` is a command that was killed itself. Behind the dot is what came next: most often `runs resume`. That a run which",
    "goes on does so to its end, with each effect made once, is part of the row.",
    "",
    "| fault | what goes wrong | ends in |",
    "|---|---|---|",
    ...faults.map(({ id, title, reached }) => `| \`${id}\` | ${title} | ${reached.join(" · ")} |`),
    "",
    "## Shown elsewhere",
    "",
    "| what goes wrong | shown by |",
    "|---|---|",
    "| fifty runs at once on two cores, a hundred in a row | `docker-endurance` |",
    "| SIGKILL at each event of a run, and at random moments | `test/contract/durability.test.ts`, `docker-durability` |",
    "| cancel at eight moments of a start; a container that outlives its host | `docker-lifecycle` |",
    "| every way to spoil a line of a journal | `journal-reader.test.ts` |",
    "",
  ].join("\n");
}
