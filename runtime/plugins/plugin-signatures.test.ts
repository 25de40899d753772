import { afterAll, beforeAll, expect, test } from "vitest";
import type { JsonObject } from "#common/json.ts";
import type { PluginTool } from "#protocol/wire/plugins.ts";
import { PluginHost } from "./plugin-host.ts";

/** What a signature becomes as a schema, what it takes and what it gives: one real Python process for the table. */

interface Signature {
  readonly name: string;
  /** Parameters as written; the function gives `body`, or all its arguments. */
  readonly parameters: string;
  readonly body?: string;
  readonly schema?: JsonObject;
  /** Arguments and the result as JSON text, or what the refusal says. */
  readonly calls?: readonly (readonly [JsonObject, string | RegExp])[];
}

const prelude = `
import asyncio, dataclasses, datetime, decimal, enum, pathlib, uuid
from typing import *
class Colour(enum.Enum):
    RED = "red"
    BLUE = "blue"
@dataclasses.dataclass
class Point:
    """A place.

    Args:
        x: from the left
    """
    x: int
    y: float = 2.0
class Options(TypedDict, total=False):
    depth: Required[int]
    label: str
UserId = NewType("UserId", int)
class Note:
    description = "noted"
`;

const optional = (schema: JsonObject) => ({ anyOf: [schema, { type: "null" }] });

const signatures: readonly Signature[] = [
  {
    name: "scalars",
    parameters: "a: str, b: int, c: float, d: bool",
    schema: {
      properties: {
        a: { type: "string" },
        b: { type: "integer" },
        c: { type: "number" },
        d: { type: "boolean" },
      },
      required: ["a", "b", "c", "d"],
      additionalProperties: false,
    },
    calls: [
      [{ a: "x", b: 3.0, c: 1, d: true }, '["x",3,1.0,true]'],
      [
        { a: 1, b: true, c: "2", d: 0 },
        /a: expected a string, got integer; b: expected an integer, got boolean/,
      ],
      [{ a: "x", b: 1.5, c: 1, d: true }, /b: expected an integer, got number/],
      [{ a: "x", b: 1, d: false, e: 1 }, /c is missing; e is unknown/],
    ],
  },
  {
    name: "no_hints",
    parameters: "a, b=5",
    schema: { properties: { a: {}, b: { default: 5 } }, required: ["a"] },
    calls: [
      [{ a: { k: [1, null] } }, '[{"k":[1,null]},5]'],
      [{ a: 2.5, b: "t" }, '[2.5,"t"]'],
    ],
  },
  {
    name: "unions",
    parameters: "a: Optional[int] = None, b: int | str = 1, c: Union[List[int], None] = None",
    schema: {
      properties: {
        a: { ...optional({ type: "integer" }), default: null },
        b: { anyOf: [{ type: "integer" }, { type: "string" }], default: 1 },
        c: { ...optional({ type: "array", items: { type: "integer" } }), default: null },
      },
      required: [],
    },
    calls: [
      [{}, "[null,1,null]"],
      [{ a: null, b: "x", c: [1] }, '[null,"x",[1]]'],
      [{ b: [] }, /b: expected an integer, got array or b: expected a string, got array/],
    ],
  },
  {
    name: "choices",
    parameters: 'a: Literal["x", "y"], b: Colour = Colour.RED, c: Literal[1, "one", None] = None',
    body: "[a, b.name, c]",
    schema: {
      properties: {
        a: { type: "string", enum: ["x", "y"] },
        b: { type: "string", enum: ["red", "blue"], default: "red" },
        c: { enum: [1, "one", null], default: null },
      },
    },
    calls: [
      [{ a: "x", b: "blue", c: "one" }, '["x","BLUE","one"]'],
      [{ a: "z" }, /a: expected one of 'x', 'y', got 'z'/],
    ],
  },
  {
    name: "collections",
    parameters:
      "a: list[str], b: dict[str, int], c: tuple[int, str], d: set[int] = set(), e: Sequence[float] = ()",
    body: "[a, b, list(c), sorted(d), e]",
    schema: {
      properties: {
        a: { type: "array", items: { type: "string" } },
        b: { type: "object", additionalProperties: { type: "integer" } },
        c: {
          type: "array",
          prefixItems: [{ type: "integer" }, { type: "string" }],
          minItems: 2,
          maxItems: 2,
        },
        d: { type: "array", items: { type: "integer" }, uniqueItems: true, default: [] },
        e: { type: "array", items: { type: "number" }, default: [] },
      },
    },
    calls: [
      [{ a: ["p"], b: { k: 1 }, c: [1, "s"], d: [2, 1, 2] }, '[["p"],{"k":1},[1,"s"],[1,2],[]]'],
      // An empty table of Lua has no kind.
      [{ a: {}, b: [], c: [1, "s"] }, '[[],{},[1,"s"],[],[]]'],
      [
        { a: ["p", 1], b: { k: "v" }, c: [1] },
        /a\[1\]: expected a string.*b\.k: expected an integer.*expected 2 items/,
      ],
    ],
  },
  {
    name: "records",
    parameters: "p: Point, o: Options",
    body: "[p.x, p.y, o]",
    schema: {
      properties: {
        p: {
          type: "object",
          properties: { x: { type: "integer", description: "from the left" }, y: { type: "number" } },
          required: ["x"],
          additionalProperties: false,
        },
        o: {
          type: "object",
          properties: { depth: { type: "integer" }, label: { type: "string" } },
          required: ["depth"],
          additionalProperties: false,
        },
      },
    },
    calls: [
      [{ p: { x: 1 }, o: { depth: 2 } }, '[1,2.0,{"depth":2}]'],
      [{ p: { z: 1 }, o: {} }, /p\.x is missing; p\.z is unknown; o\.depth is missing/],
    ],
  },
  {
    name: "texts_with_a_form",
    parameters: "t: datetime.datetime, d: datetime.date, i: uuid.UUID, p: pathlib.Path, m: decimal.Decimal",
    body: "[t.year, d.day, i.version, p.name, m * 2]",
    schema: {
      properties: {
        t: { type: "string", format: "date-time" },
        d: { type: "string", format: "date" },
        i: { type: "string", format: "uuid" },
        p: { type: "string" },
        m: { anyOf: [{ type: "number" }, { type: "string" }] },
      },
    },
    calls: [
      [
        {
          t: "2026-01-02T03:04:05",
          d: "2026-01-02",
          i: "c0a80101-0000-4000-8000-000000000000",
          p: "/a/b.txt",
          m: "1.1",
        },
        '[2026,2,4,"b.txt",2.2]',
      ],
      [{ t: "noon", d: "x", i: "y", p: "z", m: "w" }, /t: 'noon' is no date-time; d: 'x' is no date/],
    ],
  },
  {
    name: "wrapped",
    parameters: 'a: Annotated[int, "how many"], b: UserId, c: Annotated[str, Note] = "s", d: Any = None',
    schema: {
      properties: {
        a: { type: "integer", description: "how many" },
        b: { type: "integer" },
        c: { type: "string", description: "noted", default: "s" },
        d: { default: null },
      },
    },
    calls: [[{ a: 1, b: 2 }, '[1,2,"s",null]']],
  },
  {
    name: "every_kind_of_parameter",
    parameters: "a: int, /, b: int = 2, *rest: float, c: str, **more: int",
    body: "[a, b, rest, c, more]",
    schema: {
      properties: {
        a: { type: "integer" },
        b: { type: "integer", default: 2 },
        rest: { type: "array", items: { type: "number" } },
        c: { type: "string" },
      },
      required: ["a", "c"],
      additionalProperties: { type: "integer" },
    },
    calls: [
      [{ a: 1, c: "x" }, '[1,2,[],"x",{}]'],
      [{ a: 1, rest: [1], c: "x", z: 3 }, '[1,2,[1.0],"x",{"z":3}]'],
      [{ a: 1, c: "x", z: "s" }, /z: expected an integer, got string/],
    ],
  },
  ...["2.0", "float(10)"].map((body, index) => ({
    name: `keeps_floats_${index}`,
    parameters: "",
    body,
    calls: [[{}, /^\d+\.0$/.test(body) ? "2.0" : "10.0"]] as const,
  })),
  {
    name: "rich_results",
    parameters: "",
    body: "{'p': Point(1), 'c': Colour.BLUE, 't': (1, 2), 'd': datetime.date(2026, 1, 2), 3: None, 's': 'ä'}",
    calls: [[{}, '{"p":{"x":1,"y":2.0},"c":"blue","t":[1,2],"d":"2026-01-02","3":null,"s":"ä"}']],
  },
  {
    name: "result_of_no_json",
    parameters: "",
    body: "{'a': [object()]}",
    calls: [[{}, /the result\.a\[0\] is of type object, which JSON can't carry/]],
  },
  { name: "not_a_number", parameters: "", body: "float('nan')", calls: [[{}, /the result is nan/]] },
  {
    name: "too_large",
    parameters: "",
    body: "'x' * 2_000_000",
    calls: [[{}, /the result has 2000002 bytes as JSON; at most 1048576/]],
  },
  {
    name: "too_deep",
    parameters: "",
    body: "[f := [], [f := [f] for _ in range(200)], f][-1]",
    calls: [[{}, /is nested deeper than 60/]],
  },
];

const source = [
  prelude,
  ...signatures.map(({ name, parameters, body }) => {
    const names = [...parameters.matchAll(/(?:^|, )\**(\w+)(?=:|=|,|$)/g)].map((match) => match[1]);
    return `def ${name}(${parameters}):\n    return ${body ?? `[${names.join(", ")}]`}\n`;
  }),
].join("\n");

let host: PluginHost;
let tools: readonly PluginTool[];

beforeAll(async () => {
  const sources = [{ file: "tools/table.py", module: "table", source, givesTools: true }];
  host = new PluginHost({ plugins: { runnable: true, sources, withheld: [] }, onOutput: () => {} });
  const listed = (await host.list()) as unknown as { tools: PluginTool[]; problems: string[] };
  expect(listed.problems).toEqual([]);
  tools = listed.tools;
});
afterAll(() => host?.dispose());

test.for(signatures)("$name", async ({ name, schema, calls = [] }) => {
  if (schema) {
    const tool = tools.find((each) => each.name === name);
    expect(tool?.parameters).toMatchObject({ type: "object", ...schema });
  }
  for (const [given, expected] of calls) {
    const answer = host.call({ module: "table", name, arguments: given });
    if (typeof expected === "string") expect(await answer).toEqual({ text: expected });
    else await expect(answer).rejects.toThrow(expected);
  }
});
