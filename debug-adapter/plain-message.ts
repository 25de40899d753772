import { bounded } from "#common/visible-text.ts";

/** Characters of one text: the client pages and previews, so only a text that nobody reads is longer. */
const longestText = 100_000;

/** Fields whose text is compared or handed back, never drawn: they leave as they are. */
const untouched: ReadonlySet<string> = new Set([
  "path",
  "evaluateName",
  "dataId",
  "command",
  "event",
  "type",
]);

/**
 * The last thing that happens to a message before it leaves for the client: texts come from procedures, tools, models and
 * journals, and a client draws them in consoles that obey escape sequences. What can't be seen becomes visible.
 */
export function plainMessage<Message>(message: Message): Message {
  return plain(message, "") as Message;
}

function plain(value: unknown, key: string): unknown {
  if (typeof value === "string") return untouched.has(key) ? value : bounded(value, longestText);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => plain(item, key));
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, plain(field, name)]));
}
