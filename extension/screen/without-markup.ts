/**
 * Foreign text for places where VS Code reads icons (`$(name)`) or links (`[text](command:…)`) in plain strings: quick
 * picks, notifications, code lenses. Both are broken up.
 */
export function withoutMarkup(text: string): string {
  return text.replaceAll("$(", "$ (").replaceAll("](", "] (");
}
