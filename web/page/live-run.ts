import type { RunEvent } from "#protocol/events/events.ts";
import { liveEventsPath, liveRunPath, type RunPage } from "#protocol/page/page-data.ts";
import { runPage, type Surroundings } from "./pages.ts";

/** Shows the run that the server of this page serves, and follows it to its end. */
export async function openLiveRun(surroundings: Surroundings): Promise<void> {
  const page: RunPage = await (await ask(liveRunPath)).json();
  const view = runPage(page, surroundings);
  const last = page.events.at(-1)?.seq ?? 0;
  const closed = (): void => view.closeUnfinished();
  void follow(last, (events) => view.apply(events)).then(closed, closed);
}

async function follow(after: number, take: (events: readonly RunEvent[]) => void): Promise<void> {
  const { body } = await ask(`${liveEventsPath}?after=${after}`);
  if (!body) return;
  let rest = "";
  for await (const text of body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    take(lines.map((line): RunEvent => JSON.parse(line)));
  }
}

/** The token stands behind the `#`, which browsers send to nobody. */
async function ask(path: string): Promise<Response> {
  const token = location.hash.slice(1);
  const answer = await fetch(path, { headers: { authorization: `Bearer ${token}` }, cache: "no-store" });
  if (answer.ok) return answer;
  throw new Error(
    answer.status === 401
      ? "the address lacks its token. Open the whole address that the command printed."
      : `the server answered ${answer.status}`,
  );
}
