import type { HandleEntry, MemberEntry } from "../entries.ts";

const name: MemberEntry = { name: "name", types: ["text"], doc: "The name of the variable." };

/** What the declarations of the context engine give back: nothing but a name (language.md §2.9, §2.10). */
export const contextHandles: readonly HandleEntry[] = [
  {
    name: "context",
    doc: "A declared context, for the `context` of an agent. It can't be called.",
    members: [name],
  },
  {
    name: "corpus",
    doc: "A declared corpus, for the `corpus` of a retriever.",
    members: [name],
  },
  {
    name: "retriever",
    doc: "A declared retriever, for the packs and messages of a context. It can't be called.",
    members: [name],
  },
  {
    name: "compactor",
    doc: "A declared compactor, for the policy of a context.",
    members: [name],
  },
];
