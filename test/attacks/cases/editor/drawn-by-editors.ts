import { marked } from "marked";
import type { DocumentSymbol, Hover, Position } from "vscode-languageserver";
import { type Attack, outcome } from "../../attack.ts";
import { inertAnswers, nestingLimit } from "../../controls/screen-controls.ts";
import { openInEditor } from "../../world/editor-client.ts";
import type { World } from "../../world/world.ts";

/** What an editor makes of the hover over the first word of a tool with this description. */
async function hoverHtml(world: World, description: string): Promise<string> {
  const source = `look = Tool { description = [[${description}]], function() end }\n`;
  const { client, uri } = await openInEditor(world, "attack.tac", source);
  const position: Position = { line: 0, character: 1 };
  const hover = await client.request<Hover>("textDocument/hover", { textDocument: { uri }, position });
  const { contents } = hover;
  return marked.parse(typeof contents === "object" && "value" in contents ? contents.value : "", {
    async: false,
  });
}

export const attacks: readonly Attack[] = [
  {
    id: "editor-command-link",
    threat: "T1",
    title: "puts a link that runs a command into the description of a tool",
    success: "the hover holds a link to the command",
    control: inertAnswers,
    places: ["editor"],
    attempt: async (world) => {
      const html = await hoverHtml(world, "[Fix this](command:workbench.action.terminal.new)");
      const link = /<a [^>]*href="command:[^"]*"/.exec(html)?.[0];
      return outcome(link !== undefined, link ?? "the hover has no link");
    },
  },
  {
    id: "editor-remote-picture",
    threat: "T1",
    title: "puts a picture into the description of a tool, to learn who reads it",
    success: "the server of the picture is asked for it",
    control: inertAnswers,
    places: ["editor"],
    attempt: async (world) => {
      const server = await world.server();
      const html = await hoverHtml(world, `![ ](${server.url}/seen.png)`);
      for (const [, address = ""] of html.matchAll(/<img [^>]*src="([^"]*)"/g)) await fetch(address);
      return outcome(server.hits.length > 0, `${server.hits.length} pictures were fetched`);
    },
  },
  {
    id: "editor-trust-mark",
    threat: "T1",
    title: "names a procedure so that the outline shows a mark of trust beside it",
    success: "a name in the outline is read as an icon",
    control: inertAnswers,
    places: ["editor"],
    attempt: async (world) => {
      const source = 'Procedure "$(verified) signed" { function() end }\n';
      const { client, uri } = await openInEditor(world, "attack.tac", source);
      const symbols = await client.request<DocumentSymbol[]>("textDocument/documentSymbol", {
        textDocument: { uri },
      });
      const names = symbols.map(({ name }) => name);
      return outcome(
        names.some((name) => /\$\([a-z~-]+\)/.test(name)),
        `the outline has ${JSON.stringify(names)}`,
      );
    },
  },
  {
    id: "editor-deep-nesting",
    threat: "T4",
    title: "nests tables so deep that whoever reads the file runs out of stack",
    success: "the language server does not answer about the file any more",
    control: nestingLimit,
    places: ["editor"],
    attempt: async (world) => {
      const depth = 20_000;
      const source = `deep = ${"{".repeat(depth)}${"}".repeat(depth)}\nProcedure { function() end }\n`;
      const { client, uri } = await openInEditor(world, "attack.tac", source);
      const answered = await client
        .diagnose(uri)
        .then((found) => found.some(({ code }) => code === "syntax-error"))
        .catch(() => false);
      return outcome(!answered, answered ? "what is too deep is a finding" : "there is no answer");
    },
  },
];
