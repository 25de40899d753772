import { durationText } from "#common/duration-text.ts";
import { jsonBlock } from "#common/json-text.ts";
import { costText } from "#common/measures.ts";
import type { RunEvent } from "#protocol/events/events.ts";
import { appearanceOf } from "#runs/tree/node-appearance.ts";
import { placeOf, type RunContent, type RunNode } from "#runs/tree/run-node.ts";
import { canOpen, RunTree, rowsUnder } from "#runs/tree/run-tree.ts";
import { element, section } from "../screen/element.ts";
import { facts } from "../screen/facts.ts";
import { type TreeRow, TreeView } from "../screen/tree.ts";
import type { ShowPlace } from "../sources/show-place.ts";
import { lookOf } from "./node-look.ts";
import { placeText, timeline } from "./timeline.ts";

/** A run on the page: its summary, its timeline and its tree, drawn again when more of it is known. */
export class RunView {
  readonly sections: readonly HTMLElement[];
  readonly #tree: RunTree;
  readonly #showPlace: ShowPlace;
  readonly #summary = element("div", { live: "polite" });
  readonly #timeline = element("div");
  readonly #rows = new TreeView("Everything that the run did");
  #asked = false;

  constructor(run: string, showPlace: ShowPlace) {
    this.#tree = new RunTree(run);
    this.#showPlace = showPlace;
    this.sections = [
      section("summary", "Summary", this.#summary),
      section("timeline", "Timeline", this.#timeline),
      section("tree", "What happened", this.#rows.element),
    ];
  }

  /** Takes in events in their order. Many in a row are drawn once. */
  apply(events: readonly RunEvent[]): void {
    for (const event of events) this.#tree.apply(event);
    if (this.#asked) return;
    this.#asked = true;
    requestAnimationFrame(() => this.#draw());
  }

  /** The run has ended without saying so. */
  closeUnfinished(): void {
    this.#tree.closeUnfinished();
    this.apply([]);
  }

  #draw(): void {
    this.#asked = false;
    const { root } = this.#tree;
    this.#summary.replaceChildren(summary(root.content), ...outcome(root));
    this.#timeline.replaceChildren(timeline(root, this.#showPlace));
    this.#rows.show([this.#row(root)]);
  }

  #row(node: RunNode): TreeRow {
    const { label, description, kind, tooltip } = appearanceOf(node, new Date());
    const place = placeOf(node);
    return {
      id: node.id,
      label,
      description,
      kind,
      tooltip,
      ...lookOf(node.content),
      canOpen: canOpen(node),
      under: () => rowsUnder(node).map((child) => this.#row(child)),
      place: place && { text: placeText(place), show: () => this.#showPlace(place) },
    };
  }
}

function summary(content: RunContent): HTMLElement {
  const { run, file, procedure, state, isolation, workspace, started, durationMs, tokens, cost } = content;
  return facts([
    ["Status", state.replace("_", " ")],
    ["File", file],
    ["Procedure", procedure],
    ["Isolation", isolation],
    ["Workspace", workspace],
    ["Started", started],
    ["Took", durationMs === undefined ? undefined : durationText(durationMs)],
    ["Tokens", tokens ? String(tokens) : undefined],
    ["Cost", cost ? costText(cost) : undefined],
    ["Run", run],
  ]);
}

/** What came of it: the error or the result, whole. */
function outcome(root: RunNode): HTMLElement[] {
  return root.children.flatMap(({ content }) => {
    if (content.kind === "error")
      return [element("pre", { class: "bad" }, `${content.error.code}: ${content.error.message}`)];
    if (content.kind !== "value" || content.name !== "result") return [];
    return [element("h3", {}, "Result"), element("pre", {}, jsonBlock(content.value, 20_000))];
  });
}
