import { element } from "./element.ts";

/** Names and values; those without a value are left out. */
export function facts(
  entries: ReadonlyArray<readonly [name: string, value: string | undefined]>,
): HTMLElement {
  const list = element("dl", { class: "facts" });
  for (const [name, value] of entries) {
    if (value) list.append(element("div", {}, element("dt", {}, name), element("dd", {}, value)));
  }
  return list;
}
