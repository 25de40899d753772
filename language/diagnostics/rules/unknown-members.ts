import type { Finding, Rule, StatementContext } from "#language/diagnostics/rule.ts";
import { isOlderMember } from "#language/diagnostics/rules/older-forms.ts";
import { type Member, membersOf, type Type, withoutNil } from "#language/semantics/types.ts";
import type { Expression, MemberExpression, NameExpression, NameNode, Node } from "#language/syntax/tree.ts";
import { nearestName } from "#language/text-checks/nearest-name.ts";
import { luaLibraries } from "#vocabulary/lua/libraries.ts";

/** Fields that a value does not have: of primitives, of inputs and of what a schema describes, of declared values. */
export const unknownMembers: Rule = {
  visit: {
    MemberExpression: (node, context) => {
      if (isWritten(node, context.parents)) return;
      check(node.object, node.member, context);
    },
    MethodCall: ({ object, method }, context) => check(object, method, context),
  },
};

function check(object: Expression, member: NameNode, context: StatementContext): void {
  if (member.text === "") return;
  const type = context.types.typeOf(context.model, object);
  const members = closedMembers(type) ?? functionsOf(type, context.parents.at(-1), object);
  if (!members || members.has(member.text)) return;
  if (type.kind === "handle" && isOlderMember(type.handle, member.text)) return;
  const root = object.kind === "NameExpression" ? object.text : undefined;
  const instead = absentFrom(type, member.text);
  if (instead !== undefined) {
    context.report({
      code: "unknown-member",
      span: member,
      message: `"${root ?? "this library"}.${member.text}" does not exist here: ${instead}.`,
    });
    return;
  }
  const guess = nearestName(member.text, members.keys());
  context.report({
    code: codeFor(type, object, context),
    span: member,
    message: messageFor(type, root, member.text, members, guess),
    ...(guess !== undefined && { fixes: fixWith(member, guess) }),
  });
}

/** Fields of `State` are the author's, its functions are not. */
function functionsOf(
  type: Type,
  parent: Node | undefined,
  object: Expression,
): ReadonlyMap<string, Member> | undefined {
  const isCalled =
    parent?.kind === "CallExpression" &&
    parent.callee.kind === "MemberExpression" &&
    parent.callee.object === object;
  return isCalled && type.kind === "table" && type.name === "State" ? type.members : undefined;
}

/** What to write instead of a function that Lua has elsewhere. */
function absentFrom(type: Type, member: string): string | undefined {
  const library = type.kind === "table" ? luaLibraries.find(({ name }) => name === type.name) : undefined;
  return library && Object.hasOwn(library.absent, member) ? library.absent[member] : undefined;
}

/** Members of a value that has no others; undefined where others are possible. */
function closedMembers(type: Type): ReadonlyMap<string, Member> | undefined {
  if (type.kind === "handle") return type.isOpen ? undefined : nonEmpty(type.members);
  if (type.kind === "table") {
    if (type.isOpen) return undefined;
    // A table of the program's own may get fields in ways that nobody sees; words and schemas don't.
    const isDescribed = type.name !== undefined || [...type.members.values()].some(({ entry }) => entry);
    return isDescribed || isSchema(type.members) ? type.members : undefined;
  }
  if (type.kind !== "union") return undefined;
  const all = type.members.filter(({ kind }) => kind !== "nil").map(closedMembers);
  return all.every((members) => members !== undefined) ? membersOf(type) : undefined;
}

function nonEmpty(members: ReadonlyMap<string, Member>): ReadonlyMap<string, Member> | undefined {
  return members.size > 0 ? members : undefined;
}

/** Members that a schema or an annotation declares have a place, and say whether they may be absent. */
function isSchema(members: ReadonlyMap<string, Member>): boolean {
  return members.size > 0 && [...members.values()].every(({ isOptional }) => isOptional !== undefined);
}

/** Inputs are what a schema declares of a parameter, or of the global `input`, at any depth. */
function codeFor(type: Type, object: Expression, { model }: StatementContext): Finding["code"] {
  const given = withoutNil(type);
  const isDescribed = given.kind === "table" && given.name === undefined && isSchema(given.members);
  const root = rootName(object);
  const origin = root && model.scopes.bindingOf.get(root)?.origin.kind;
  const isInput = root?.text === "input" || origin === "parameter";
  return isDescribed && isInput ? "unknown-input" : "unknown-member";
}

function rootName(object: Expression): NameExpression | undefined {
  if (object.kind === "MemberExpression" || object.kind === "IndexExpression") return rootName(object.object);
  return object.kind === "NameExpression" ? object : undefined;
}

function messageFor(
  type: Type,
  root: string | undefined,
  member: string,
  members: ReadonlyMap<string, Member>,
  guess: string | undefined,
): string {
  const owner = root ?? (type.kind === "handle" ? `this ${type.handle}` : "this value");
  const known = [...members.keys()].slice(0, 8).join(", ");
  const hint = guess === undefined ? (known === "" ? "" : ` It has: ${known}.`) : ` Did you mean "${guess}"?`;
  return `${root === undefined ? owner : `"${owner}"`} has no field "${member}".${hint}`;
}

function fixWith(member: NameNode, guess: string): NonNullable<Finding["fixes"]> {
  return [
    {
      title: `Replace with "${guess}"`,
      edits: [{ start: member.start, end: member.end, text: guess }],
      isPreferred: true,
    },
  ];
}

/** Setting a field is no reading of it; neither is asking whether it is there. */
function isWritten(node: MemberExpression, parents: readonly Node[]): boolean {
  const parent = parents.at(-1);
  if (parent?.kind === "Assignment") return parent.targets.includes(node);
  return parent?.kind === "FunctionStatement" && parent.target === node;
}
