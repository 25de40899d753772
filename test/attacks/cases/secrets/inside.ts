import { type Attack, outcome } from "../../attack.ts";
import { cleanEnvironment, filePermissions, ownWords } from "../../controls/secret-controls.ts";
import { said, takeOver } from "../../world/take-over.ts";

export const attacks: readonly Attack[] = [
  {
    id: "secrets-environment-of-the-host",
    threat: "T18",
    title: "all of Node reads its environment",
    success: "a variable of the host is in it",
    control: cleanEnvironment,
    places: ["embedded", "docker"],
    attempt: async (world) => {
      const name = `TACTUS_CANARY_${world.marker.text}`;
      process.env[name] = world.canaries.variable;
      world.atTheEnd(() => {
        delete process.env[name];
      });
      const inside = await takeOver(world);
      const answer = await inside.run("export const attack = () => ({ ...process.env });");
      const seen = said(answer).includes(world.canaries.variable);
      return outcome(seen, `a variable of the host is ${seen ? "" : "not "}inside`);
    },
  },
  {
    id: "secrets-keys-in-the-home",
    threat: "T18",
    title: "all of Node reads a key file in the home of the person",
    success: "its text is read",
    control: filePermissions,
    places: ["embedded"],
    attempt: async (world) => {
      world.write({ "home/.ssh/id_canary": world.canaries.file });
      const inside = await takeOver(world);
      const answer = await inside.run(
        'import fs from "node:fs"; export const attack = ({ file }) => fs.readFileSync(file, "utf8");',
        { file: `${world.home}/.ssh/id_canary` },
      );
      const seen = said(answer).includes(world.canaries.file);
      return outcome(seen, `inside: ${seen ? "the text of the key" : said(answer)}`);
    },
  },
  {
    id: "secrets-host-paths-in-refusals",
    threat: "T18",
    title: "provokes a refusal of a file that may tell where the workspace lies",
    success: "the path of the workspace is in what the procedure was told",
    control: ownWords,
    places: ["embedded", "docker"],
    attempt: async (world) => {
      world.write({ "notes.txt": "" });
      const { events } = await world.procedure(`Procedure { function()
  local _, problem = pcall(File.read, "notes.txt/more")
  Log.info(tostring(problem))
end }`);
      const told = events.flatMap((event) => (event.type === "log" ? [event.message] : [])).join();
      return outcome(
        told.includes(world.folder),
        `it was told: ${told.replaceAll(world.folder, "<the path>")}`,
      );
    },
  },
];
