import { expect, test } from "vitest";
import type { CodeAction } from "vscode-languageserver";
import { checkConfigDocument } from "#language/sidecar/check-config.ts";
import { parseYamlDocument } from "#language/sidecar/yaml-document.ts";
import { yamlCodeActions } from "./code-actions.ts";
import { yamlDesk } from "./testing/yaml-desk.ts";

function actions(marked: string, only?: readonly string[]): CodeAction[] {
  const { document, position, context } = yamlDesk(marked);
  const findings = checkConfigDocument(document, { file: "a.tac.yml" });
  return yamlCodeActions(document, { range: { start: position, end: position }, only, findings }, context);
}

function applied(marked: string, action: CodeAction | undefined): string {
  const text = marked.replace("‸", "");
  const { lines } = parseYamlDocument(text);
  const edits = Object.values(action?.edit?.changes ?? {}).flat();
  return edits
    .toSorted((left, right) => lines.offsetAt(right.range.start) - lines.offsetAt(left.range.start))
    .reduce(
      (done, { range, newText }) =>
        done.slice(0, lines.offsetAt(range.start)) + newText + done.slice(lines.offsetAt(range.end)),
      text,
    );
}

test.for<[string, string, string]>([
  ["sandbox:\n  netw‸rok: none\n", 'Replace with "network"', "sandbox:\n  network: none\n"],
  [
    "sandbox: { limits: { cpus: 1, memory: ‸2gb } }",
    "Replace with 2g",
    "sandbox: { limits: { cpus: 1, memory: 2g } }",
  ],
  [
    "sandbox:\n  volumes:\n    - ./da‸ta:/data\n",
    "Add `:ro`",
    'sandbox:\n  volumes:\n    - "./data:/data:ro"\n',
  ],
  ["default_model: ‸4\n", 'Replace with "4"', 'default_model: "4"\n'],
])("%j: %s", ([marked, title, after]) => {
  const action = actions(marked).find((each) => each.title === title);
  expect(action).toMatchObject({ kind: "quickfix", isPreferred: true, diagnostics: [{ source: "tactus" }] });
  expect(applied(marked, action)).toBe(after);
});

test("only for what the cursor is on", () => {
  expect(actions("sandbox:\n  netwrok: none\ndefault_model: ‸x\n", ["quickfix"])).toEqual([]);
});

test("all safe ones at once", () => {
  const text = "sandbox:\n  netwrok: bridge\n  enabled: yes\n  timeout: '60'\n  volumes: ['./a:/b']\n";
  const [all] = actions(text, ["source.fixAll"]);
  expect(all?.kind).toBe("source.fixAll.tactus");
  expect(applied(text, all)).toBe(
    'sandbox:\n  network: bridge\n  enabled: true\n  timeout: 60\n  volumes: ["./a:/b:ro"]\n',
  );
});
