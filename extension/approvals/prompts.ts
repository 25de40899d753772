/** What every prompt of a question has: who asks and what. */
export interface PromptTexts {
  readonly title: string;
  readonly prompt: string;
  /** What a dialog has room for beyond the prompt. */
  readonly detail?: string;
}

export interface PickItem<Value> {
  readonly label: string;
  readonly description?: string;
  /** Chosen when the prompt appears. */
  readonly picked?: boolean;
  readonly value: Value;
}

/** Says what is wrong with a value, in words for the person who gave it. */
export type CheckValue<Value> = (value: Value) => Promise<string | undefined>;

/**
 * How a person is asked, one prompt at a time. Each gives undefined when it is closed without an answer, or nobody
 * waits for the question any more. Texts are shown as they are: they never become icons or links.
 */
export interface Prompts {
  text(
    texts: PromptTexts,
    options: { readonly value?: string; readonly placeholder?: string; readonly check?: CheckValue<string> },
  ): Promise<string | undefined>;
  pick<Value>(texts: PromptTexts, items: readonly PickItem<Value>[]): Promise<Value | undefined>;
  picks<Value>(
    texts: PromptTexts,
    items: readonly PickItem<Value>[],
    check: CheckValue<readonly Value[]>,
  ): Promise<readonly Value[] | undefined>;
  /** A question that nothing may be done beside. */
  decide<Answer extends string>(texts: PromptTexts, answers: readonly Answer[]): Promise<Answer | undefined>;
  /** Files of the workspace, by their paths in it. */
  files(
    texts: PromptTexts,
    wanted: { readonly several: boolean; readonly accept: readonly string[] },
  ): Promise<readonly string[] | undefined>;
  tell(problem: string): Promise<void>;
}

/** Shows texts of a question in editors. */
export interface Documents {
  /** Below the rows that a prompt covers. */
  showBelowPrompt(title: string, text: string): Promise<void>;
  compare(title: string, before: string, after: string): Promise<void>;
  /** Closes what these have shown. */
  closeBelowPrompt(): Promise<void>;
  /** Undefined when the editor was closed instead, or nobody waits any more. */
  edit(text: string, signal: AbortSignal): Promise<string | undefined>;
}
