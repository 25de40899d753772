import { readFileSync } from "node:fs";
import path from "node:path";
import { PassThrough } from "node:stream";
import { setInterval } from "node:timers/promises";
import type { Json } from "#common/json.ts";
import { ok } from "#common/result.ts";
import { type Attack, outcome } from "../../attack.ts";
import { placesInside, timeToRead } from "../../controls/screen-controls.ts";

type TerminalHumans = typeof import("#cli/humans/terminal-humans.ts");
type FileInside = typeof import("#extension/runs-view/file-inside.ts");

export const attacks: readonly Attack[] = [
  {
    id: "editor-answer-typed-ahead",
    threat: "T11",
    title: "asks for leave at the moment when the person types a yes for something else",
    success: "the yes that was on its way counts as leave",
    control: timeToRead,
    places: ["editor"],
    attempt: async (world) => {
      const { createTerminalHumans } = await world.part<TerminalHumans>("cli/humans/terminal-humans.ts");
      const input = new PassThrough();
      const output = new PassThrough();
      let shown = "";
      output.setEncoding("utf8").on("data", (text: string) => {
        shown += text;
      });
      const terminal = { input, output, interrupt: () => undefined, now: () => performance.now() };
      const humans = createTerminalHumans(terminal, "attack.tac");
      const question = { id: "1", kind: "approval", message: "Delete all?", details: {} } as const;
      let answer: Json | undefined;
      const asked = humans
        .ask(question, { signal: new AbortController().signal, settle: async (_, given) => ok(given) })
        .then((given) => {
          answer = given;
        });
      input.write("y\n");
      for await (const _ of setInterval(20))
        if (answer !== undefined || shown.split("(y/n)").length > 2) break;
      input.end();
      await asked;
      return outcome(answer === true, answer === true ? "it was approved" : "the question is asked again");
    },
  },
  {
    id: "editor-place-outside",
    threat: "T7",
    title: "brings a journal whose rows lead to a file outside of the folder",
    success: "a click on the row would open the file",
    control: placesInside,
    places: ["editor"],
    attempt: async (world) => {
      const { fileInside } = await world.part<FileInside>("extension/runs-view/file-inside.ts");
      world.write({ "outside/secret.tac": world.canaries.file });
      const opened = fileInside(
        world.folder,
        path.relative(world.folder, path.join(world.outside, "secret.tac")),
      );
      const text = opened === undefined ? "" : readFileSync(opened, "utf8");
      return outcome(text.includes(world.canaries.file), opened ? "it is opened" : "nothing is opened");
    },
  },
];
