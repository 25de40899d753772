/** What a step expected is not so; the message says what was expected and what is there. */
export class StepFailure extends Error {}
