import { element } from "../screen/element.ts";

/** How the page looks; `system` follows the person's own settings. */
const choices = {
  system: "As the system",
  light: "Light",
  dark: "Dark",
  "hc-light": "High contrast light",
  "hc-dark": "High contrast dark",
} as const;
type Choice = keyof typeof choices;
export type Theme = Exclude<Choice, "system">;

const dark = matchMedia("(prefers-color-scheme: dark)");
const contrast = matchMedia("(prefers-contrast: more), (forced-colors: active)");

/** The choice of a look. Whoever draws by itself hears of each change, and at once. */
export class ThemeChoice {
  readonly element: HTMLElement;
  readonly #select: HTMLSelectElement;
  readonly #listeners = new Set<(theme: Theme) => void>();

  constructor() {
    this.#select = element("select", { id: "theme" });
    for (const [value, text] of Object.entries(choices)) this.#select.append(new Option(text, value));
    const label = element("label", {}, "Look ", this.#select);
    this.element = label;
    const changed = (): void => this.#apply();
    this.#select.addEventListener("change", changed);
    dark.addEventListener("change", changed);
    contrast.addEventListener("change", changed);
    this.#apply();
  }

  get theme(): Theme {
    const chosen = this.#select.value as Choice;
    if (chosen !== "system") return chosen;
    const tone = dark.matches ? "dark" : "light";
    return contrast.matches ? `hc-${tone}` : tone;
  }

  onChange(listener: (theme: Theme) => void): void {
    this.#listeners.add(listener);
    listener(this.theme);
  }

  #apply(): void {
    document.documentElement.dataset["theme"] = this.theme;
    for (const listener of this.#listeners) listener(this.theme);
  }
}
