/** `{name}`; `${NAME}` is a variable of the environment and none of these. */
const placeholder = /(?<!\$)\{([A-Za-z_][\w.-]*)\}/g;

/** The names that a text has places for, in their order. */
export function placeholdersIn(text: string): string[] {
  return [...text.matchAll(placeholder)].map(([, name = ""]) => name);
}

/** The name, when the text is one place and nothing else. */
export function onlyPlaceholder(text: string): string | undefined {
  const [name] = placeholdersIn(text);
  return name !== undefined && text === `{${name}}` ? name : undefined;
}

/** The text with every place filled, in one pass: what is filled in is never looked at again. */
export function fillPlaceholders(text: string, fill: (name: string, offset: number) => string): string {
  return text.replace(placeholder, (_whole, name: string, offset: number) => fill(name, offset));
}
