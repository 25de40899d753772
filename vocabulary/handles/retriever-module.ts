import { corpusDeclaration, retrieverDeclaration } from "../declarations/corpus.ts";
import type { DeclarationEntry, HandleEntry, MemberEntry } from "../entries.ts";
import { method } from "./method.ts";

/** A declaration that is a member of a module: `module.Corpus {…}`. */
function declaring({ name, doc, fields, handle = "" }: DeclarationEntry): MemberEntry {
  return method(
    name,
    doc,
    ["handle"],
    [{ name: "config", types: ["table"], required: true, fields, isOpen: true, doc: "What it declares." }],
    { returnsHandle: handle },
  );
}

export const corpusMember: MemberEntry = declaring(corpusDeclaration);
const retrieverMember: MemberEntry = declaring(retrieverDeclaration);

/** A module of one kind of retriever (language.md part B §4.8). */
export const retrieverModuleHandle: HandleEntry = {
  name: "retrieverModule",
  doc: "Declares corpora and retrievers of one kind; the kind is set.",
  members: [corpusMember, retrieverMember],
};
