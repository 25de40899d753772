import { type PlacedComment, type Suppression, Suppressions } from "#language/annotations/suppressions.ts";
import { diagnosticCatalogue, isDiagnosticCode } from "#language/diagnostics/catalogue.ts";
import type { Diagnostic, DiagnosticFix } from "#language/diagnostics/diagnostic.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import { type TokenBuffer, TokenKind, tokenText } from "#language/syntax/tokens.ts";
import type { Span } from "#language/syntax/tree.ts";
import { nearestName } from "#language/text-checks/nearest-name.ts";

/** The findings that no comment of the file keeps back, and what is wrong with such comments. */
export function withoutSuppressed(
  file: ProcedureFile,
  diagnostics: readonly Diagnostic[],
  name: string,
): Diagnostic[] {
  if (!file.text.includes("@diagnostic")) return [...diagnostics];
  const suppressions = new Suppressions(commentsOf(file));
  const kept = diagnostics.filter(
    ({ code, range, severity }) =>
      (code === "syntax-error" && severity === "error") || !suppressions.isSuppressed(code, range.start.line),
  );
  const shown = new SuppressionFindings(file, name);
  const unknown = suppressions.unknown({ has: isDiagnosticCode });
  const unused = suppressions.unused().filter((each) => !unknown.includes(each));
  return [
    ...kept,
    ...unknown.map((each) => shown.unknown(each)),
    ...unused.map((each) => shown.unused(each)),
    ...suppressions.problems.map((each) => shown.finding(each, each.message)),
  ];
}

/** The comments that may say something of findings. */
function commentsOf(file: ProcedureFile): PlacedComment[] {
  const tokens: TokenBuffer = file.tree.tokens;
  const comments: PlacedComment[] = [];
  for (let index = 0; index < tokens.count; index++) {
    if (tokens.kinds[index] !== TokenKind.lineComment) continue;
    const start = tokens.starts[index] ?? 0;
    const text = tokenText(tokens, index);
    if (!text.includes("@diagnostic")) continue;
    comments.push({ text, start, line: file.lines.positionAt(start).line });
  }
  return comments;
}

/** Findings about the comments themselves. */
class SuppressionFindings {
  readonly #file: ProcedureFile;
  readonly #name: string;

  constructor(file: ProcedureFile, name: string) {
    this.#file = file;
    this.#name = name;
  }

  unknown(suppression: Suppression): Diagnostic {
    const guess = nearestName(suppression.code ?? "", Object.keys(diagnosticCatalogue));
    const hint = guess === undefined ? "" : ` Did you mean "${guess}"?`;
    const finding = this.finding(suppression, `There is no finding "${suppression.code}".${hint}`);
    if (guess === undefined) return { ...finding, fixes: [this.#removal(suppression)] };
    const edits = [{ range: finding.range, text: guess }];
    return { ...finding, fixes: [{ title: `Replace with "${guess}"`, edits, isPreferred: true }] };
  }

  unused(suppression: Suppression): Diagnostic {
    return {
      ...this.finding(suppression, "This comment keeps nothing back."),
      tags: ["unnecessary"],
      fixes: [this.#removal(suppression)],
    };
  }

  finding(span: Span, message: string): Diagnostic {
    return {
      file: this.#name,
      range: this.#range(span.start, span.end),
      severity: diagnosticCatalogue["unused-suppression"].severity,
      code: "unused-suppression",
      source: "tactus",
      message,
    };
  }

  /** Takes one code out of a list, or the whole comment, with its line when nothing else stands there. */
  #removal({ start, end, code }: Suppression): DiagnosticFix {
    const { text, lines } = this.#file;
    const { line } = lines.positionAt(start);
    const lineStart = lines.lineStart(line);
    const lineEnd = lines.lineStart(line + 1);
    const before = text.slice(lineStart, start);
    const behind = text.slice(end, lineEnd);
    const [list] = /^\s*,\s*/.exec(behind) ?? [];
    const [listBefore] = /\s*,\s*$/.exec(before) ?? [];
    const comment = before.lastIndexOf("---");
    const isAlone = code === undefined ? before.trim() === "" : before.slice(0, comment).trim() === "";
    const whole = code === undefined ? start : lineStart + comment;
    const range =
      list !== undefined
        ? this.#range(start, end + list.length)
        : listBefore !== undefined
          ? this.#range(start - listBefore.length, end)
          : isAlone
            ? this.#range(lineStart, lineEnd)
            : this.#range(whole - (/[ \t]*$/.exec(text.slice(lineStart, whole))?.[0].length ?? 0), end);
    return { title: "Remove it", edits: [{ range, text: "" }], isPreferred: true, isSafe: true };
  }

  #range(start: number, end: number): Diagnostic["range"] {
    const { lines } = this.#file;
    return { start: lines.positionAt(start), end: lines.positionAt(end) };
  }
}
