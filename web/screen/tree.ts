import { button, element } from "./element.ts";

/** A row of a tree; `under` is asked when the row is opened. */
export interface TreeRow {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /** What it is, for whoever hears the page. */
  readonly kind: string;
  /** Whole, for whoever stays on the row. */
  readonly tooltip: string;
  readonly mark: string;
  /** Names the colour of the mark. */
  readonly tone: string;
  readonly canOpen: boolean;
  under(): readonly TreeRow[];
  /** Where it happened, and what leads there. */
  readonly place?: { readonly text: string; readonly show: () => void } | undefined;
}

/**
 * A tree as the ARIA practices describe it: one stop for Tab, arrows to walk, open and close, Home and End, Enter to
 * go to the place of a row.
 */
export class TreeView {
  readonly element: HTMLElement;
  readonly #rows = new Map<HTMLElement, TreeRow>();
  /** Rows that the person opened or closed, and stay so when the tree is drawn again. */
  readonly #openness = new Map<string, boolean>();
  #drawn = 0;

  constructor(label: string) {
    this.element = element("ul", { role: "tree", class: "tree", label });
    this.element.addEventListener("keydown", (event) => this.#pressed(event));
    this.element.addEventListener("click", (event) => this.#clicked(event));
  }

  /** Draws the rows anew; what was open stays open, and the focus where it was. */
  show(rows: readonly TreeRow[]): void {
    const focused = this.#rows.get(document.activeElement as HTMLElement)?.id;
    this.#rows.clear();
    this.element.replaceChildren(...rows.map((row) => this.#item(row, 1)));
    const items = [...this.#rows];
    const current = items.find(([, row]) => row.id === focused)?.[0];
    (current ?? items[0]?.[0])?.setAttribute("tabindex", "0");
    current?.focus();
  }

  #item(row: TreeRow, level: number): HTMLElement {
    this.#drawn += 1;
    const name = `row-${this.#drawn}`;
    const item = element(
      "li",
      { role: "treeitem", tabIndex: -1, labelledBy: name },
      element(
        "span",
        { class: "row", id: name, title: row.tooltip },
        element("span", { class: "twist", hiddenFromReaders: true }),
        element("span", { class: "heard" }, row.kind),
        element("span", { class: `mark ${row.tone}`, hiddenFromReaders: true }, row.mark),
        element("span", { class: "label" }, row.label),
        element("span", { class: "description" }, row.description),
        row.place && button({ class: "place", tabIndex: -1 }, row.place.show, row.place.text),
      ),
    );
    item.setAttribute("aria-level", String(level));
    this.#rows.set(item, row);
    if (row.canOpen) this.#setOpen(item, this.#openness.get(row.id) ?? level === 1);
    return item;
  }

  #setOpen(item: HTMLElement, open: boolean): void {
    const row = this.#rows.get(item);
    if (!row?.canOpen) return;
    item.setAttribute("aria-expanded", String(open));
    const group = item.querySelector(":scope > ul");
    if (open && !group) {
      const level = Number(item.getAttribute("aria-level"));
      const children = row.under().map((child) => this.#item(child, level + 1));
      item.append(element("ul", { role: "group" }, ...children));
    } else if (!open && group) {
      for (const inner of group.querySelectorAll<HTMLElement>('[role="treeitem"]')) this.#rows.delete(inner);
      group.remove();
    }
  }

  #toggle(item: HTMLElement, open: boolean): void {
    const row = this.#rows.get(item);
    if (row) this.#openness.set(row.id, open);
    this.#setOpen(item, open);
  }

  #clicked(event: MouseEvent): void {
    const target = event.target as Element;
    const item = target.closest<HTMLElement>('[role="treeitem"]');
    if (!item || target.closest("button")) return;
    this.#focus(item);
    this.#toggle(item, item.getAttribute("aria-expanded") !== "true");
  }

  #pressed(event: KeyboardEvent): void {
    const item = (event.target as Element).closest<HTMLElement>('[role="treeitem"]');
    const act = item && this.#actionOf(event.key, item);
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  }

  #actionOf(key: string, item: HTMLElement): (() => void) | undefined {
    const visible = [...this.element.querySelectorAll<HTMLElement>('[role="treeitem"]')];
    const at = visible.indexOf(item);
    const expanded = item.getAttribute("aria-expanded");
    const parent = item.parentElement?.closest<HTMLElement>('[role="treeitem"]');
    switch (key) {
      case "ArrowDown":
        return () => this.#focus(visible[at + 1]);
      case "ArrowUp":
        return () => this.#focus(visible[at - 1]);
      case "Home":
        return () => this.#focus(visible[0]);
      case "End":
        return () => this.#focus(visible.at(-1));
      case "ArrowRight":
        return expanded === "false" ? () => this.#toggle(item, true) : () => this.#focus(visible[at + 1]);
      case "ArrowLeft":
        return expanded === "true" ? () => this.#toggle(item, false) : () => this.#focus(parent);
      case "Enter":
      case " ":
        return this.#rows.get(item)?.place?.show ?? (() => this.#toggle(item, expanded !== "true"));
      default:
        return undefined;
    }
  }

  #focus(item: HTMLElement | null | undefined): void {
    if (!item) return;
    this.element.querySelector('[tabindex="0"]')?.setAttribute("tabindex", "-1");
    item.setAttribute("tabindex", "0");
    item.focus();
  }
}
