import { errorText } from "#common/error-text.ts";
import type { PageFile } from "#protocol/page/page-data.ts";
import { loadEditors } from "../editor/load-editors.ts";
import type { Side, SourceEditors, SourceView } from "../editor/source-editors.ts";
import type { ThemeChoice } from "../page/theme.ts";
import { button, element, section } from "../screen/element.ts";
import type { ShowPlace } from "./show-place.ts";

export interface SourcePaneOptions {
  readonly sides: { readonly before: string; readonly after: string };
  readonly files: readonly PageFile[];
  readonly theme: ThemeChoice;
}

/** The sources: a list of files, and an editor that only reads, with the sides of the chosen file. */
export class SourcePane {
  readonly element: HTMLElement;
  readonly #options: SourcePaneOptions;
  readonly #list = element("ul", { class: "files" });
  readonly #entries = new Map<string, HTMLButtonElement>();
  readonly #sides = element("div", { class: "sides", role: "group", label: "Side" });
  readonly #status = element("p", { live: "polite" }, "Choose a file.");
  readonly #editor = element("div", { class: "editor" });
  #editors: Promise<SourceEditors> | undefined;

  constructor(options: SourcePaneOptions) {
    this.#options = options;
    for (const file of options.files) this.#list.append(element("li", {}, this.#entry(file)));
    this.element = section(
      "sources",
      "Sources",
      element("nav", { label: "Files" }, this.#list),
      element("div", { class: "viewer" }, this.#sides, this.#status, this.#editor),
    );
  }

  readonly showPlace: ShowPlace = ({ file, line }, side = "after") => {
    const known = this.#options.files.find((one) => one.path === file || one.from === file);
    this.element.scrollIntoView();
    if (known) void this.#open(known, { side: sideWith(known, side), line, focus: true });
    else this.#say(`${file} is not in this report.`);
  };

  #entry(file: PageFile): HTMLButtonElement {
    const status = file.status === "unchanged" ? undefined : element("small", {}, ` ${file.status}`);
    const entry = button(
      {},
      () => void this.#open(file, { side: firstSide(file), focus: false }),
      file.path,
      status,
    );
    this.#entries.set(file.path, entry);
    return entry;
  }

  async #open(file: PageFile, view: Omit<SourceView, "path">): Promise<void> {
    this.#mark(file, view.side);
    if (file.leftOut !== undefined) return this.#say(file.leftOut);
    this.#say("The editor is starting …");
    try {
      const editors = await this.#started();
      await editors.show({ path: file.path, ...view });
      this.#say("");
    } catch (error) {
      this.#say(`The source can't be shown: ${errorText(error)}`);
    }
  }

  /** Once, when the first source is to be seen. */
  #started(): Promise<SourceEditors> {
    this.#editors ??= this.#start();
    return this.#editors;
  }

  async #start(): Promise<SourceEditors> {
    const { files, theme } = this.#options;
    const editors = await loadEditors({
      container: this.#editor,
      files,
      theme: theme.theme,
      onMoved: (path, side) => {
        const file = files.find((one) => one.path === path);
        if (file) this.#mark(file, side);
      },
      onSilent: (error) => this.#say(`Names and findings are not explained: ${errorText(error)}`),
    });
    theme.onChange((changed) => editors.setTheme(changed));
    return editors;
  }

  /** Says which file and which of its sides are shown. */
  #mark(file: PageFile, shown: Side | "both"): void {
    for (const [path, entry] of this.#entries) {
      if (path === file.path) entry.setAttribute("aria-current", "true");
      else entry.removeAttribute("aria-current");
    }
    const { before, after } = this.#options.sides;
    const names = { both: "Side by side", before, after } as const;
    const choices = sidesOf(file).map((side) => {
      const press = (): void => void this.#open(file, { side, focus: false });
      const choice = button({}, press, names[side]);
      choice.setAttribute("aria-pressed", String(side === shown));
      return choice;
    });
    this.#sides.replaceChildren(...(choices.length > 1 ? choices : []));
  }

  #say(text: string): void {
    this.#status.textContent = "";
    this.#status.append(element("span", {}, text));
  }
}

function sidesOf(file: PageFile): readonly (Side | "both")[] {
  if (file.before === undefined) return ["after"];
  return file.after === undefined ? ["before"] : ["both", "before", "after"];
}

function firstSide(file: PageFile): Side | "both" {
  return sidesOf(file)[0] ?? "after";
}

/** The side that is asked for when there is one. */
function sideWith(file: PageFile, side: Side): Side | "both" {
  return sidesOf(file).includes(side) ? side : firstSide(file);
}
