/** Flags at the start of a pattern: `(?i)`, `(?ms)`. */
const leadingFlags = /^\(\?([aimsux]+)\)/;

/** Each thing that JavaScript writes differently; escapes are taken whole, so that `\\A` stays two characters. */
const differences = /\(\?P<(\w+)>|\(\?P=(\w+)\)|\\A|\\Z|\\./gs;

const replacements: Readonly<Record<string, string>> = { "\\A": "(?<![\\s\\S])", "\\Z": "(?![\\s\\S])" };

/** A regular expression of Python's for JavaScript. Throws SyntaxError on a pattern that is none. */
export function pythonRegex(pattern: string, flags: string = ""): RegExp {
  const leading = leadingFlags.exec(pattern);
  const source = pattern
    .slice(leading?.[0].length ?? 0)
    .replace(differences, (found, name: string | undefined, reference: string | undefined) => {
      if (name !== undefined) return `(?<${name}>`;
      return reference === undefined ? (replacements[found] ?? found) : `\\k<${reference}>`;
    });
  const kept = [...`${leading?.[1] ?? ""}${flags}`].filter((flag) => "ims".includes(flag));
  return new RegExp(source, [...new Set(kept)].join(""));
}
