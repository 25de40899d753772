import { existsSync, mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { type Attack, outcome } from "../../attack.ts";
import { pathsInside } from "../../controls/workspace-controls.ts";
import { canaryVariable } from "../../world/canaries.ts";
import type { World } from "../../world/world.ts";

const { control, threat, places } = {
  control: pathsInside,
  threat: "T7",
  places: ["embedded", "docker"],
} satisfies Pick<Attack, "control" | "threat" | "places">;

/** A procedure that hands out whatever it can read of these paths. */
function reading(paths: readonly string[]): string {
  const list = paths.map((file) => JSON.stringify(file)).join(", ");
  return `Procedure { function()
  local found = {}
  for _, file in ipairs({ ${list} }) do
    local read, text = pcall(File.read, file)
    if read then found[#found + 1] = text end
  end
  return { found = found }
end }`;
}

async function canaryRead(world: World, paths: readonly string[], mode = "mount") {
  const { text } = await world.procedure(reading(paths), ["--workspace", mode]);
  const seen = text.includes(world.canaries.file);
  return outcome(seen, `the text of the file outside ${seen ? "came out" : "did not come out"}`);
}

export const attacks: readonly Attack[] = [
  {
    id: "fs-absolute-and-climbing-paths",
    title: "reads a file beside the workspace by its absolute path and by ways up",
    success: "its text is in the output or the journal",
    attempt: (world) => {
      const file = path.join(world.outside, "canary.txt");
      const ups = ["../outside/canary.txt", "a/../../outside/canary.txt", "./.././outside/canary.txt"];
      return canaryRead(world, [file, `file://${file}`, ...ups]);
    },
    ...{ control, threat, places },
  },
  {
    id: "fs-links-out-of-the-workspace",
    title: "reads through links of the pull request: absolute, relative, over a folder, from a copy",
    success: "the text of the file outside is in the output or the journal",
    attempt: (world) => {
      const docs = path.join(world.folder, "docs");
      mkdirSync(docs);
      symlinkSync(path.join(world.outside, "canary.txt"), path.join(docs, "absolute.txt"));
      symlinkSync("../../outside/canary.txt", path.join(docs, "relative.txt"));
      symlinkSync("..", path.join(world.folder, "up"));
      const files = ["docs/absolute.txt", "docs/relative.txt", "up/outside/canary.txt"];
      return canaryRead(world, files);
    },
    ...{ control, threat, places },
  },
  {
    id: "fs-writes-through-links-and-ways-up",
    title: "writes over a way up and into a folder that is a link",
    success: "a new file lies outside of the workspace",
    attempt: async (world) => {
      symlinkSync("../outside", path.join(world.folder, "out"));
      await world.procedure(
        `Procedure { function()
  pcall(File.write, "out/written.txt", "x")
  pcall(File.write, "../outside/written.txt", "x")
end }`,
        ["--workspace", "mount"],
      );
      const written = existsSync(path.join(world.outside, "written.txt"));
      return outcome(written, `the file outside ${written ? "is there" : "is not there"}`);
    },
    ...{ control, threat, places },
  },
  {
    id: "fs-map-of-the-host",
    title: "asks which files of the host exist",
    success: "it can tell that a file outside of the workspace is there",
    attempt: async (world) => {
      const { text } = await world.procedure(
        `Procedure { function()
  local path = table.concat({"..", "outside", "canary.txt"}, "/")
  if File.exists(path) then Log.info(${world.marker.lua}) end
end }`,
        ["--workspace", "mount"],
      );
      const told = text.includes(world.marker.text);
      return outcome(told, `it ${told ? "knows" : "does not know"} of the file`);
    },
    ...{ control, threat, places },
  },
  {
    id: "fs-process-files",
    title: "reads the environment of the host through /proc and a link to it",
    success: "a variable of the host is in the output or the journal",
    attempt: async (world) => {
      symlinkSync("/proc/self/environ", path.join(world.folder, "environ"));
      const files = ["/proc/self/environ", "../../../../proc/self/environ", "environ"];
      const lines = files.map((file) => `  pcall(function() Log.info(File.read("${file}")) end)`);
      const { text } = await world.procedure(`Procedure { function()\n${lines.join("\n")}\nend }`, [
        ...["--workspace", "mount"],
      ]);
      const seen = text.includes(world.canaries.variable);
      return outcome(seen, `${canaryVariable} ${seen ? "came out" : "did not come out"}`);
    },
    ...{ control, threat, places: ["embedded"] },
  },
  {
    id: "fs-module-behind-a-link",
    title: "requires a module that is a link to code outside of the workspace",
    success: "the code outside is executed",
    attempt: async (world) => {
      world.write({ "outside/evil.tac": `return { say = ${world.marker.lua} }` });
      symlinkSync("../outside/evil.tac", path.join(world.folder, "evil.tac"));
      const { text } = await world.procedure('Procedure { function() return require("evil").say end }', [
        ...["--workspace", "mount"],
      ]);
      const ran = text.includes(world.marker.text);
      return outcome(ran, `the code outside ${ran ? "ran" : "did not run"}`);
    },
    ...{ control, threat, places },
  },
];
