import { named, type Repository } from "./rule.ts";

/** Gherkin as specifications of procedures use it: English keywords, tags, tables, doc strings, outline parameters. */

const block = "Feature|Rule|Background|Scenario Outline|Scenario Template|Scenarios?|Examples?";

export const gherkinRules: Repository = {
  gherkin: {
    patterns: [
      {
        match: String.raw`^\s*((#).*?)(?=\]=*\]|$)`,
        captures: {
          1: named("comment.line.number-sign.gherkin.tactus"),
          2: named("punctuation.definition.comment.gherkin.tactus"),
        },
      },
      { name: "entity.name.tag.gherkin.tactus", match: String.raw`(?<=^|\s)@[\w\-:.]+` },
      {
        match: String.raw`(?:^|\G)\s*((?:${block})(:))\s*(.*?)\s*(?=$|\]=*\])`,
        captures: {
          1: named("keyword.control.block.gherkin.tactus"),
          2: named("punctuation.separator.gherkin.tactus"),
          3: { name: "entity.name.section.gherkin.tactus", patterns: [{ include: "#gherkinParameter" }] },
        },
      },
      {
        name: "keyword.control.step.gherkin.tactus",
        match: String.raw`(?:^|\G)\s*(?:(?:Given|When|Then|And|But)\b|\*(?=\s))`,
      },
      {
        name: "string.quoted.triple.gherkin.tactus",
        begin: String.raw`^\s*("""|\x60\x60\x60)`,
        end: String.raw`^\s*\1`,
      },
      {
        name: "string.quoted.double.gherkin.tactus",
        match: String.raw`"(?:[^"\\]|\\.)*"`,
      },
      { name: "punctuation.separator.table.gherkin.tactus", match: String.raw`\|` },
      { name: "constant.numeric.gherkin.tactus", match: String.raw`(?<![\w.])-?\d+(?:\.\d+)?\b` },
      { include: "#gherkinParameter" },
    ],
  },
  gherkinParameter: { name: "variable.parameter.gherkin.tactus", match: String.raw`<[^<>\r\n]+>` },
};
