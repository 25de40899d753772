import { visibleText } from "#common/visible-text.ts";

/** What an element may carry. No attribute can hold a script or an address: what is pressed has a listener of ours. */
export interface Attributes {
  readonly class?: string;
  readonly id?: string;
  readonly role?: string;
  readonly tabIndex?: number;
  readonly hidden?: boolean;
  readonly open?: boolean;
  readonly scope?: "col" | "row";
  readonly title?: string;
  readonly label?: string;
  readonly labelledBy?: string;
  readonly controls?: string;
  readonly hiddenFromReaders?: boolean;
  readonly live?: "polite";
}

const names: Readonly<Partial<Record<keyof Attributes, string>>> = {
  label: "aria-label",
  labelledBy: "aria-labelledby",
  controls: "aria-controls",
  hiddenFromReaders: "aria-hidden",
  live: "aria-live",
  tabIndex: "tabindex",
};

/**
 * Makes an element: the only way to the page. Texts become text, with what can't be seen made visible; nothing is
 * ever read as markup.
 */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: ReadonlyArray<Node | string | undefined>
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    const name = names[key as keyof Attributes] ?? key;
    made.setAttribute(name, value === true && !name.startsWith("aria-") ? "" : visibleText(String(value)));
  }
  for (const child of children) {
    if (child === undefined || child === "") continue;
    made.append(typeof child === "string" ? document.createTextNode(visibleText(child)) : child);
  }
  return made;
}

/** A button. */
export function button(
  attributes: Attributes,
  press: () => void,
  ...children: ReadonlyArray<Node | string | undefined>
): HTMLButtonElement {
  const made = element("button", attributes, ...children);
  made.type = "button";
  made.addEventListener("click", press);
  return made;
}

/** A part of the page with a heading, which screen readers list. */
export function section(
  id: string,
  heading: string,
  ...children: ReadonlyArray<Node | string | undefined>
): HTMLElement {
  const title = element("h2", { id: `${id}-heading` }, heading);
  return element("section", { id, labelledBy: title.id }, title, ...children);
}
