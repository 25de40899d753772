import { expect, test } from "vitest";
import { yamlDocumentLinks } from "./document-links.ts";
import { yamlDesk } from "./testing/yaml-desk.ts";

test("relative paths lead to what they name, nothing else does", () => {
  const text = `tool_paths: ["./tools", /etc, ../up, "\${HOME}/x", "a b.py"]
mcp_servers:
  s: { command: ./server.js, args: [-y, ./arg.json, word], cwd: sub }
sandbox:
  volumes: ["./data:/data:ro", "~/.ssh:/keys"]
`;
  const { document, context } = yamlDesk(text);
  const links = yamlDocumentLinks(document, context).map(({ range, target }) => [
    document.text.slice(document.lines.offsetAt(range.start), document.lines.offsetAt(range.end)),
    target,
  ]);
  expect(links).toEqual([
    ["./tools", "file:///work/flows/tools"],
    ["a b.py", "file:///work/flows/a%20b.py"],
    ["sub", "file:///work/flows/sub"],
    ["./server.js", "file:///work/flows/server.js"],
    ["./arg.json", "file:///work/flows/arg.json"],
    ["./data", "file:///work/flows/data"],
  ]);
});

test("a config's paths start at the folder that holds .tactus", () => {
  const { document, context } = yamlDesk({ ".tactus/config.yml": "tool_paths: [tools]\n" });
  expect(yamlDocumentLinks(document, context)[0]?.target).toBe("file:///work/tools");
});
