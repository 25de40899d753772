import { expect, test } from "vitest";
import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
  DocumentHighlight,
  DocumentLink,
  DocumentSymbol,
  Hover,
  Location,
  LocationLink,
  SignatureHelp,
  SymbolInformation,
  WorkspaceSymbol,
} from "vscode-languageserver";
import { editorCapabilities } from "../support/lsp/editor-capabilities.ts";
import { MarkedWorkspace } from "../support/lsp/marked-workspace.ts";

function placesOf(desk: MarkedWorkspace, locations: readonly Location[] | null): string[] {
  return (locations ?? []).map(({ uri, range }) => desk.shown(uri, range));
}

const config =
  'mcp_servers:\n  files:\n    command: npx\nhost_tools:\n  allow: ["git.status"]\n  tools:\n    git.status:\n      command: [git, status]\n';

test("definition: in texts, prompts and steps, in other files, in the configuration", async () => {
  await using desk = await MarkedWorkspace.open({
    "main.tac": [
      'local sums = require("s<|>ums")',
      "search = Tool { function(args) return sums.a<|>dd(1) end }",
      'clerk = Agent { tools = { "sea<|>rch", "fi<|>les" }, system_prompt = "{input.da<|>y}" }',
      'Procedure { function(input) clerk({ day = 1 }) Host.call("git.sta<|>tus") return File.read("in.c<|>sv") end }',
      "Specification([[\nFeature: f\n  Scenario: s\n    Then the sea<|>rch tool should be called\n]])",
      "print(Sta<|>te)",
    ].join("\n"),
    "sums.tac": "local M = {}\nfunction M.add(a) return a end\nreturn M\n",
    "in.csv": "a",
    ".tactus/config.yml": config,
  });
  const ask = async (index: number): Promise<string[]> =>
    placesOf(desk, await desk.ask<Location[] | null>("definition", "main.tac", {}, index));
  expect(await ask(0)).toEqual(["sums.tac 0:0-0:0"]);
  expect(await ask(1)).toEqual(["sums.tac 1:11-1:14"]);
  expect(await ask(2)).toEqual(["main.tac 1:0-1:6"]);
  expect(await ask(3)).toEqual([".tactus/config.yml 1:2-1:7"]);
  expect(await ask(4)).toEqual(["main.tac 3:36-3:39"]);
  expect(await ask(5)).toEqual([".tactus/config.yml 6:4-6:14"]);
  expect(await ask(6)).toEqual(["in.csv 0:0-0:0"]);
  expect(await ask(7)).toEqual(["main.tac 1:0-1:6"]);
  expect(await ask(8)).toEqual([]);
});

test("declaration, type definition and implementation; links where the client takes them", async () => {
  await using desk = await MarkedWorkspace.open(
    {
      "main.tac":
        'find = Tool { function(args) return args end }\nclerk = Agent { tools = { "fi<|>nd" } }\nlocal c = clerk\nprint(<|>c)\nn = 1\nn = 2\nprint(<|>n)\n',
    },
    {
      capabilities: {
        ...editorCapabilities,
        textDocument: { ...editorCapabilities.textDocument, implementation: { linkSupport: true } },
      },
    },
  );
  expect(await desk.ask<LocationLink[]>("implementation", "main.tac")).toMatchObject([
    {
      targetUri: desk.uri("main.tac"),
      targetRange: { start: { line: 0, character: 14 } },
      originSelectionRange: { start: { line: 1, character: 27 }, end: { line: 1, character: 31 } },
    },
  ]);
  const type = await desk.ask<Location[]>("typeDefinition", "main.tac", {}, 1);
  expect(placesOf(desk, type)).toEqual(["main.tac 1:0-1:5"]);
  const first = await desk.ask<Location[]>("declaration", "main.tac", {}, 2);
  expect(placesOf(desk, first)).toEqual(["main.tac 4:0-4:1"]);
  const all = await desk.ask<Location[]>("definition", "main.tac", {}, 2);
  expect(placesOf(desk, all)).toEqual(["main.tac 4:0-4:1", "main.tac 5:0-5:1"]);
});

test("references in all files, texts and sidecars; highlights with what happens there", async () => {
  await using desk = await MarkedWorkspace.open({
    "main.tac":
      'require("tools")\nclerk = Agent { tools = { "find" } }\nMocks { find = { returns = 1 } }\nx = <|>find({})\n',
    "tools.tac": "find = Tool { function(args) return args end }\n",
    "main.tac.yml": "default_toolsets: [find]\n",
  });
  const ask = async (includeDeclaration: boolean): Promise<string[]> =>
    placesOf(
      desk,
      await desk.ask<Location[]>("references", "main.tac", { context: { includeDeclaration } }),
    ).toSorted();
  const uses = ["main.tac 1:27-1:31", "main.tac 2:8-2:12", "main.tac 3:4-3:8", "main.tac.yml 0:19-0:23"];
  expect(await ask(false)).toEqual(uses.toSorted());
  expect(await ask(true)).toEqual([...uses, "tools.tac 0:0-0:4"].toSorted());
  const highlights = await desk.ask<DocumentHighlight[]>("documentHighlight", "main.tac");
  expect(highlights.map(({ kind }) => kind)).toEqual([1, 1, 2]);
});

test("call hierarchy in both directions, across files", async () => {
  await using desk = await MarkedWorkspace.open({
    "main.tac": [
      'local help = require("help")',
      "find = Tool { function(args) return help.load(args) end }",
      'clerk = Agent { tools = { "find" } }',
      'ask = Procedure "ask" { function(input) return clerk({}) end }',
      "Procedure { function(input) return ask({}) end }",
      "Mocks { clerk = { message = '' } }",
      "print(<|>clerk)",
    ].join("\n"),
    "help.tac": "local M = {}\nfunction M.load(a) return a end\nreturn M\n",
  });
  const [clerk] = (await desk.ask<CallHierarchyItem[]>("prepareCallHierarchy", "main.tac")) ?? [];
  expect(clerk).toMatchObject({ name: "clerk", detail: "agent" });
  const incoming = async (item: unknown): Promise<CallHierarchyItem[]> => {
    const calls = await desk.client.request<CallHierarchyIncomingCall[]>("callHierarchy/incomingCalls", {
      item,
    });
    return calls.map(({ from }) => from);
  };
  const outgoing = async (item: unknown): Promise<CallHierarchyItem[]> => {
    const calls = await desk.client.request<CallHierarchyOutgoingCall[]>("callHierarchy/outgoingCalls", {
      item,
    });
    return calls.map(({ to }) => to);
  };
  const [ask] = await incoming(clerk);
  expect(ask?.name).toBe("ask");
  expect((await incoming(ask)).map(({ name }) => name)).toEqual(["main"]);
  const [find] = await outgoing(clerk);
  expect(find).toMatchObject({ name: "find", detail: "tool" });
  const [load] = await outgoing(find);
  expect(load).toMatchObject({ name: "load", uri: desk.uri("help.tac") });
  expect((await incoming(load)).map(({ name }) => name)).toEqual(["find"]);
  expect((await incoming(find)).map(({ name }) => name)).toEqual(["clerk"]);
});

const outlined = {
  "main.tac":
    "clerk = Agent {}\nProcedure {\n  input = { topic = field.string{} },\n  function(input) local x = 1 end,\n}\nSpecification([[\nFeature: Letters\n  Scenario: One\n    When the procedure runs\n]])\n",
};

test("document symbols as a tree, and as a list for clients without trees", async () => {
  await using desk = await MarkedWorkspace.open(outlined);
  const tree = await desk.askDocument<DocumentSymbol[]>("documentSymbol", "main.tac");
  const names = (symbols: readonly DocumentSymbol[] = []): unknown[] =>
    symbols.map(({ name, children }) => (children ? [name, ...names(children)] : name));
  expect(names(tree)).toEqual(["clerk", ["main", ["input", "topic"], "x"], ["Letters", "One"]]);
  const flat = { ...editorCapabilities.textDocument, documentSymbol: {} };
  await using plain = await MarkedWorkspace.open(outlined, {
    capabilities: { ...editorCapabilities, textDocument: flat },
  });
  const list = await plain.askDocument<SymbolInformation[]>("documentSymbol", "main.tac");
  expect(list.map(({ name, containerName }) => `${containerName ?? ""}/${name}`)).toContain("main/input");
});

test("workspace symbols of files that are not open too", async () => {
  await using desk = await MarkedWorkspace.open(outlined);
  desk.folder.write("deep/other.tac", "function clerical() local clutter = 1 end\n");
  await desk.client.notify("workspace/didChangeWatchedFiles", {
    changes: [{ uri: desk.uri("deep/other.tac"), type: 1 }],
  });
  const search = async (query: string): Promise<string[]> => {
    const found = await desk.client.request<WorkspaceSymbol[]>("workspace/symbol", { query });
    return found.map(({ name }) => name).toSorted();
  };
  await expect.poll(() => search("cler")).toEqual(["clerical", "clerk"]);
  expect(await search("clutter")).toEqual([]);
  expect(await search("one")).toEqual(["One"]);
});

test("links to modules, files and the sidecar, never out of the folder", async () => {
  await using desk = await MarkedWorkspace.open({
    "main.tac":
      'local sums = require("sums")\nlocal done = require("tactus.tools.done")\nProcedure { function() return File.read("data/a b.csv") .. File.read("../x") end }\n',
    "sums.tac": "return {}",
    "main.tac.yml": "inputs: {}\n",
  });
  const links = await desk.askDocument<DocumentLink[]>("documentLink", "main.tac");
  expect(links.map(({ target = "" }) => target.slice(desk.folder.uri.length))).toEqual([
    "/sums.tac",
    "/data/a%20b.csv",
    "/main.tac.yml",
  ]);
});

test("hover in Markdown and as plain text", async () => {
  const source = { "main.tac": '--- Adds **them**.\nlocal function add(a) end\nprint(<|>add, "<|>x")\n' };
  await using desk = await MarkedWorkspace.open(source);
  expect(await desk.ask<Hover>("hover", "main.tac")).toMatchObject({
    contents: { kind: "markdown", value: "```lua\nlocal function add(a)\n```\n\nAdds \\*\\*them\\*\\*\\." },
    range: { start: { line: 2, character: 6 }, end: { line: 2, character: 9 } },
  });
  expect(await desk.ask("hover", "main.tac", {}, 1)).toBeNull();
  const hover = { contentFormat: ["plaintext" as const] };
  const capabilities = { ...editorCapabilities, textDocument: { ...editorCapabilities.textDocument, hover } };
  await using plain = await MarkedWorkspace.open(source, { capabilities });
  expect(await plain.ask<Hover>("hover", "main.tac")).toMatchObject({
    contents: { kind: "plaintext", value: "local function add(a)\n\nAdds **them**." },
  });
});

test("signature help of a tool, with its current field", async () => {
  await using desk = await MarkedWorkspace.open({
    "main.tac":
      "find = Tool { input = { query = field.string{ required = true, description = 'What' } }, function(args) end }\nx = find({ query = <|> })\n",
  });
  const help = await desk.ask<SignatureHelp>("signatureHelp", "main.tac");
  expect(help).toMatchObject({
    activeParameter: 0,
    signatures: [
      {
        label: "find { query: string }",
        parameters: [{ label: "query: string", documentation: { kind: "markdown", value: "What" } }],
      },
    ],
  });
});
