import type { ReviewPage, RunPage } from "#protocol/page/page-data.ts";
import { reviewSections } from "../review/review-view.ts";
import { RunView } from "../run/run-view.ts";
import { button, element } from "../screen/element.ts";
import { SourcePane } from "../sources/source-pane.ts";
import type { ThemeChoice } from "./theme.ts";

/** What a page is drawn into. */
export interface Surroundings {
  readonly main: HTMLElement;
  readonly theme: ThemeChoice;
}

/** Shows a run; the view takes in what follows, when there is more. */
export function runPage(page: RunPage, surroundings: Surroundings): RunView {
  const sources = new SourcePane({ ...page, theme: surroundings.theme });
  const view = new RunView(page.run, sources.showPlace);
  view.apply(page.events);
  if (page.interrupted) view.closeUnfinished();
  const cut = page.eventsLeftOut > 0 ? `The last ${page.eventsLeftOut} events found no room.` : undefined;
  lay(
    { title: `Run ${page.run}`, written: page.written, note: cut },
    [...view.sections, sources.element],
    surroundings,
  );
  return view;
}

/** Shows a change. */
export function reviewPage(page: ReviewPage, surroundings: Surroundings): void {
  const sources = new SourcePane({ ...page, theme: surroundings.theme });
  const sections = [...reviewSections(page.report, sources.showPlace), sources.element];
  lay({ title: "Review of a change", written: page.written }, sections, surroundings);
}

interface Heading {
  readonly title: string;
  readonly written: string;
  readonly note?: string | undefined;
}

function lay(
  { title, written, note }: Heading,
  sections: readonly HTMLElement[],
  { main, theme }: Surroundings,
): void {
  document.title = `${title} · Tactus`;
  const links = sections.map((section) =>
    element(
      "li",
      {},
      button({ class: "place" }, () => goTo(section), section.querySelector("h2")?.textContent ?? ""),
    ),
  );
  const header = element(
    "header",
    {},
    element("h1", {}, title),
    element("p", {}, `Written ${written}. Every text in it comes from what was run or reviewed.`),
    note === undefined ? undefined : element("p", { class: "warned" }, note),
    theme.element,
  );
  main.before(
    header,
    element("nav", { label: "Parts of this report" }, element("ul", { class: "parts" }, ...links)),
  );
  main.append(...sections);
}

/** Scrolls to a part, and takes the keyboard along. */
function goTo(section: HTMLElement): void {
  section.tabIndex = -1;
  section.scrollIntoView();
  section.focus({ preventScroll: true });
}
