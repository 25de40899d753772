import { replaceSpans } from "#common/replace-spans.ts";
import { isVaried } from "#language/text-checks/randomness.ts";
import { findSecrets, isSecretName } from "#language/text-checks/secrets.ts";

/** What stands in the place of a key that is not to be repeated. */
export const hiddenText = "(hidden)";

/** A value that is given to a name, quoted or to the end of its line, as in YAML, JSON and Lua. */
const namedValue =
  /(?<![\w-])([\w-]{1,100})(["']?\]?[ \t]{0,40}[:=][ \t]{0,40})(?:"([^"\n]*)"?|'([^'\n]*)'?|(?<=:[ \t]+)([^\s"'#[{|>&*!][^\n]*))/g;

/** A line of a key that is written over several: base64 and nothing else. */
const keyLine =
  /^([ \t]*)([A-Za-z\d+/]{40,}={0,2}|[A-Za-z\d+/]+={0,2}(?=[ \t]*\r?\n[ \t]*-----END ))[ \t]*$/gm;

const secretHeader = /authorization|cookie/i;
const shortestValue = 8;

/**
 * Lines of a file, or words about it, without what looks like a key: they end up in logs and on code hosts, which the
 * file itself may never reach. Goes further than a finding does: in what is called like a secret any value is hidden.
 */
export function withoutKeys(text: string): string {
  const unnamed = text
    .replace(namedValue, (written, name: string, between: string, ...values: (string | undefined)[]) => {
      const value = values.slice(0, 3).find((each) => each !== undefined) ?? "";
      return isHiddenIn(name, value) ? `${name}${between}${hiddenText}` : written;
    })
    .replace(keyLine, (line, indentation: string, characters: string) =>
      isVaried(characters) ? indentation + hiddenText : line,
    );
  return replaceSpans(unnamed, findSecrets(unnamed), hiddenText);
}

function isHiddenIn(name: string, value: string): boolean {
  if (!isSecretName(name) && !secretHeader.test(name)) return false;
  return value.length >= shortestValue && !/^\$\{\w+\}$/.test(value);
}
