import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { canonicalUri, withCanonicalUris } from "./canonical-uri.ts";

test.for([
  ["file:///w/a%20%28b%29.tac", "file:///w/a%20(b).tac"],
  ["file:///C:/w/a.tac", "file:///c%3A/w/a.tac"],
  ["file:///c%3a/w/a.tac", "file:///c%3A/w/a.tac"],
  ["file://server/share/%c3%a4.tac", "file://server/share/%C3%A4.tac"],
  ["file:///w/100%/a.tac", "file:///w/100%/a.tac"],
  ["untitled:Untitled-1", "untitled:Untitled-1"],
  ["vscode-vfs://github%2B7b/o/r/a%28.tac", "vscode-vfs://github%2B7b/o/r/a(.tac"],
  ["git:/w/a%28.tac?%7B%7D", "git:/w/a%28.tac?%7B%7D"],
  ["file:", "file:"],
])("%s is known as %s", ([given, known]) => {
  expect(canonicalUri(given as string)).toBe(known);
  expect(canonicalUri(known as string)).toBe(known);
});

test.for(["/w/a b.tac", "/w/a(1)'!*.tac", "/w/ä#?%&+,;=@[].tac"])(
  "Node and editors name %s alike",
  (file) => {
    const asEditorsDo = `file://${file.split("/").map(escapedByEditors).join("/")}`;
    expect(canonicalUri(pathToFileURL(file).href)).toBe(canonicalUri(asEditorsDo));
  },
);

test("URIs are found wherever they stand in parameters, but in the server's own data", () => {
  expect(
    withCanonicalUris({
      textDocument: { uri: "file:///C:/a.tac" },
      files: [{ oldUri: "file:///C:/a.tac", newUri: "file:///C:/b.tac" }],
      item: { uri: "file:///C:/a.tac", name: "file:///C:/a.tac", data: { uri: "file:///C:/a.tac" } },
      position: { line: 1, character: null },
    }),
  ).toEqual({
    textDocument: { uri: "file:///c%3A/a.tac" },
    files: [{ oldUri: "file:///c%3A/a.tac", newUri: "file:///c%3A/b.tac" }],
    item: { uri: "file:///c%3A/a.tac", name: "file:///C:/a.tac", data: { uri: "file:///C:/a.tac" } },
    position: { line: 1, character: null },
  });
});

/** Editors escape everything but letters, digits and `-._~`. */
function escapedByEditors(name: string): string {
  return encodeURIComponent(name).replaceAll(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
