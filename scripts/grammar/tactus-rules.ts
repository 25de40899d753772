import {
  declarations,
  evaluatorBuilders,
  fieldBuilders,
  fileSettings,
  historyFilters,
  primitives,
  templateNamespaces,
} from "#vocabulary/words.ts";
import { named, oneOf, type Repository, type Rule } from "./rule.ts";

/** What the `.tac` language adds to Lua, from the words of vocabulary/. */

const identifier = String.raw`[A-Za-z_]\w*`;
const calledHere = String.raw`(?=\s*(?:[({"']|\[=*\[))`;

function memberRule(table: string, members: readonly string[]): Rule {
  return {
    match: String.raw`(?<![.:])\b(${table})\s*(\.)\s*(${oneOf(members)})\b`,
    captures: {
      1: named("support.class.primitive.tactus"),
      2: named("punctuation.accessor.tactus"),
      3: named("support.function.primitive.tactus"),
    },
  };
}

export const tactusRules: Repository = {
  template: {
    match: String.raw`(\{)(${oneOf(templateNamespaces)}(?:\.${identifier})+)(\})`,
    captures: {
      0: named("meta.template.expression.tactus"),
      1: named("punctuation.section.embedded.begin.tactus"),
      2: named("variable.other.template.tactus"),
      3: named("punctuation.section.embedded.end.tactus"),
    },
  },
  specification: {
    begin: String.raw`(?<![.:])\b(Specifications?)\s*(\()?\s*(\[(=*)\[)`,
    end: String.raw`(\]\4\])\s*(\))?`,
    contentName: "meta.embedded.block.gherkin.tactus",
    beginCaptures: {
      1: named("support.class.declaration.tactus"),
      2: named("punctuation.section.parens.tactus"),
      3: named("punctuation.definition.string.begin.tactus"),
    },
    endCaptures: {
      1: named("punctuation.definition.string.end.tactus"),
      2: named("punctuation.section.parens.tactus"),
    },
    patterns: [{ include: "#gherkin" }],
  },
  declaration: {
    patterns: [
      {
        match: String.raw`(?<![.:])\b(${identifier})\s*(=)\s*(${oneOf(declarations)})\b${calledHere}`,
        captures: {
          1: named("entity.name.type.declaration.tactus"),
          2: named("keyword.operator.assignment.tactus"),
          3: named("support.class.declaration.tactus"),
        },
      },
      {
        name: "support.class.declaration.tactus",
        match: String.raw`(?<![.:])\b${oneOf(declarations)}\b${calledHere}`,
      },
      {
        name: "support.function.setting.tactus",
        match: String.raw`^\s*\b${oneOf(fileSettings)}\b(?=\s*(?:[("']|=(?!=)))`,
      },
    ],
  },
  primitive: {
    patterns: [
      ...Object.entries(primitives)
        .filter(([, members]) => members.length > 0)
        .map(([table, members]) => memberRule(table, members)),
      {
        name: "support.function.primitive.tactus",
        match: String.raw`(?<![.:])\b(?:Sleep|checkpoint)\b${calledHere}`,
      },
      { name: "variable.language.state.tactus", match: String.raw`(?<![.:])\bstate\b(?=\s*[.\[])` },
    ],
  },
  fieldBuilder: {
    patterns: [
      {
        match: String.raw`(?<![.:])\b(field)\s*(\.)\s*(${oneOf([...fieldBuilders, ...evaluatorBuilders])})\b`,
        captures: {
          1: named("support.class.field.tactus"),
          2: named("punctuation.accessor.tactus"),
          3: named("support.type.field.tactus"),
        },
      },
      memberRule("filters", historyFilters),
    ],
  },
  tableKey: {
    match: String.raw`(?<=[{,;]|^)\s*(${identifier})\s*(=)(?!=)`,
    captures: { 1: named("variable.other.property.tactus"), 2: named("keyword.operator.assignment.tactus") },
  },
};
