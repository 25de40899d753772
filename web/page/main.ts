import { errorText } from "#common/error-text.ts";
import type { PageData } from "#protocol/page/page-data.ts";
import { element } from "../screen/element.ts";
import { openLiveRun } from "./live-run.ts";
import { unpack } from "./packed.ts";
import { reviewPage, runPage } from "./pages.ts";
import { ThemeChoice } from "./theme.ts";

/** Entry of the page: reads the data that the host packed into it, and shows it. */
const theme = new ThemeChoice();
const main = element("main", { id: "main", tabIndex: -1 });
document.body.append(main);
void start();

async function start(): Promise<void> {
  try {
    await show(JSON.parse(await unpack("data")));
  } catch (error) {
    main.append(element("p", { class: "bad" }, `The report can't be read: ${errorText(error)}`));
  }
  document.documentElement.dataset["ready"] = "true";
}

async function show(data: PageData): Promise<void> {
  switch (data.kind) {
    case "run":
      runPage(data, { main, theme });
      return;
    case "review":
      reviewPage(data, { main, theme });
      return;
    case "live":
      await openLiveRun({ main, theme });
  }
}
