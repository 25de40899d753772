import { oneLine } from "#common/visible-text.ts";

/**
 * Foreign text as one line for a place where VS Code reads icons (`$(name)`) or links (`[text](command:…)`) in plain
 * strings: quick picks, notifications, status items, test rows. Both are broken up.
 */
export function plainLabel(text: string, most = 160): string {
  return withoutMarkup(oneLine(text, most));
}

/** Foreign text of any length, with icons and links broken up. */
function withoutMarkup(text: string): string {
  return text.replaceAll("$(", "$ (").replaceAll("](", "] (");
}
