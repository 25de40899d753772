/** The kinds of questions to people. */
export const humanKinds = [
  "approval",
  "input",
  "review",
  "select",
  "upload",
  "escalation",
  "inputs",
  "custom",
] as const;
