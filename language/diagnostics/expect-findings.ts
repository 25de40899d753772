import { expect } from "vitest";
import type { EvaluatedDeclarations } from "#language/declarations/evaluated-declarations.ts";
import type { Diagnostic, DiagnosticFix, FixEdit } from "#language/diagnostics/diagnostic.ts";
import { Project } from "#language/project/project.ts";
import { type ConfigurationFacts, nothingConfigured } from "#language/project/project-view.ts";
import { LineIndex } from "#language/syntax/line-index.ts";

/** What stands around the text that is checked. */
export interface FindingsOptions {
  /** Other files of the project, by their paths beside it: `lib/tools.tac`. */
  readonly files?: Readonly<Record<string, string>>;
  /** Known when it is given, empty or not. */
  readonly configuration?: Partial<ConfigurationFacts>;
  /** Only findings with these codes count; the text may have others. */
  readonly only?: readonly string[];
  readonly evaluation?: EvaluatedDeclarations;
}

/** A line `  ^^^^ code severity: part of the message` below what it marks; `--` in front makes it a comment. */
interface Marker {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly code: string;
  readonly severity?: string;
  readonly message?: string;
}

const markerLine =
  /^(?:\s*--)?\s*(\^+)\s+([a-z][a-z-]*)(?:\s+(error|warning|information|hint))?(?::\s*(.*))?$/;
const folder = "file:///project/";

/** The name under which the text is checked. */
export const checkedUri = `${folder}main.tac`;

/**
 * Checks a text in which each expected finding is marked below its line; lines of markers are not part of it. Fails
 * unless exactly those are found. Gives what was found, and the text without markers.
 */
export function expectFindings(marked: string, options: FindingsOptions = {}): Checked {
  const { text, markers } = withoutMarkers(marked);
  const checked = check(text, options);
  const actual = checked.diagnostics.map((each) => asMarker(each, text));
  expect(
    shown(
      text,
      actual.map((each) => reduced(each, markers)),
    ),
  ).toBe(shown(text, markers));
  return checked;
}

/** A text with what was found in it. */
export interface Checked {
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** Expects the marked findings, and that the first fix of each, all applied together, makes the other text. */
export function expectFix(
  marked: string,
  fixed: string,
  { title, ...options }: FindingsOptions & { readonly title?: string } = {},
): void {
  const { text, diagnostics } = expectFindings(marked, options);
  const fixes = diagnostics.flatMap(({ fixes: all = [] }) => {
    const fix = title === undefined ? all[0] : all.find((each) => each.title === title);
    return fix ? [fix] : [];
  });
  expect(fixes.length, "number of fixes").toBeGreaterThan(0);
  expect(withFixes(text, fixes)).toBe(fixed);
}

/** What is found in a text without markers. */
export function check(text: string, options: FindingsOptions = {}): Checked {
  const project = openProject(text, options);
  const all = project.diagnose(checkedUri);
  const { only } = options;
  return { text, diagnostics: only ? all.filter(({ code }) => only.includes(code)) : all };
}

/** A project that holds the text and what stands around it. */
export function openProject(
  text: string,
  { files = {}, configuration, evaluation }: FindingsOptions,
): Project {
  const facts = configuration && { ...nothingConfigured, isKnown: true, ...configuration };
  const project = new Project({
    describe: (uri) => uri.slice(folder.length),
    ...(facts && { configurationOf: () => facts }),
  });
  for (const [name, content] of Object.entries(files)) project.setText(folder + name, content);
  project.setText(checkedUri, text);
  if (evaluation) project.setEvaluation(checkedUri, text, evaluation);
  return project;
}

/** Applies fixes as an editor does, the first of several that overlap. */
export function withFixes(text: string, fixes: readonly DiagnosticFix[]): string {
  const lines = new LineIndex(text);
  const place = ({ range }: FixEdit) => lines.offsetAt(range.start);
  const edits = fixes.flatMap(({ edits: own }) => own).sort((left, right) => place(left) - place(right));
  let result = "";
  let done = 0;
  for (const edit of edits) {
    if (place(edit) < done) continue;
    result += text.slice(done, place(edit)) + edit.text;
    done = lines.offsetAt(edit.range.end);
  }
  return result + text.slice(done);
}

function withoutMarkers(marked: string): { text: string; markers: Marker[] } {
  const kept: string[] = [];
  const markers: Marker[] = [];
  for (const line of marked.split("\n")) {
    const match = markerLine.exec(line);
    const [, carets, code, severity, message] = match ?? [];
    if (carets === undefined || code === undefined) {
      kept.push(line);
      continue;
    }
    const start = line.indexOf(carets);
    markers.push({
      line: kept.length - 1,
      start,
      end: start + carets.length,
      code,
      ...(severity !== undefined && { severity }),
      ...(message !== undefined && { message }),
    });
  }
  return { text: kept.join("\n"), markers };
}

/** Of a finding over several lines the part in its first one. */
function asMarker({ range, code, severity, message }: Diagnostic, text: string): Marker {
  const { start, end } = range;
  const width = text.split("\n")[start.line]?.length ?? 0;
  const last = end.line === start.line ? end.character : width;
  return {
    line: start.line,
    start: start.character,
    end: Math.max(last, start.character + 1),
    code,
    severity,
    message,
  };
}

/** Leaves out what the marker of the same place does not tell. */
function reduced(actual: Marker, markers: readonly Marker[]): Marker {
  const { severity, message, ...rest } = actual;
  const marker = markers.find(
    ({ line, start, code }) => line === actual.line && start === actual.start && code === actual.code,
  );
  if (!marker) return actual;
  const isTold = marker.message !== undefined && message?.includes(marker.message);
  return {
    ...rest,
    ...(marker.severity !== undefined && severity !== undefined && { severity }),
    ...(marker.message !== undefined && { message: isTold ? marker.message : (message ?? "") }),
  };
}

function shown(text: string, markers: readonly Marker[]): string {
  return text
    .split("\n")
    .flatMap((line, index) => [
      line,
      ...markers
        .filter((marker) => marker.line === index)
        .map(shownMarker)
        .sort(),
    ])
    .join("\n");
}

function shownMarker({ start, end, code, severity, message }: Marker): string {
  const words = [code, ...(severity === undefined ? [] : [severity])].join(" ");
  return `${" ".repeat(start)}${"^".repeat(end - start)} ${words}${message === undefined ? "" : `: ${message}`}`;
}
