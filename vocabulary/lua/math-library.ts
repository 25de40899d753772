import type { LibraryEntry } from "../entries.ts";
import { recorded } from "./recorded.ts";
import { functionsWith } from "./signature.ts";

const define = functionsWith({
  x: "The number.",
  y: "The other number.",
  "…": "Further numbers.",
});

/** Functions of numbers; some of Lua 5.4 are missing and some of Lua 5.1 are still there (language.md §1.8). */
export const mathLibrary: LibraryEntry = {
  name: "math",
  doc: "Functions of numbers. Angles are radians. Random numbers come from the seed of the run.",
  constants: [
    { name: "pi", types: ["number"], doc: "The ratio of a circle to its diameter: 3.14159." },
    { name: "huge", types: ["number"], doc: "Infinity: larger than any other number." },
  ],
  absent: {
    type: "a number x is whole when x == math.floor(x)",
    tointeger: "write math.floor(x), or x // 1",
    ult: "compare with < after making both positive",
    maxinteger: "write 9223372036854775807",
    mininteger: "write -9223372036854775807 - 1",
    mod: "write x % y",
    ldexp: "write x * 2 ^ n",
    frexp: "compute it with math.log(x, 2)",
  },
  functions: [
    define("abs(x: number): number", "The number without its sign."),
    define("acos(x: number): number", "The angle with this cosine."),
    define("asin(x: number): number", "The angle with this sine."),
    define("atan(y: number, x?: number): number", "The angle of the point x, y; of the slope y without x.", {
      about: {
        y: { doc: "The height, or the slope." },
        x: { default: 1, doc: "The width; its sign tells the half." },
      },
    }),
    define("atan2(y: number, x: number): number", "The angle of the point x, y.", {
      deprecated: "math.atan(y, x)",
      about: { y: { doc: "The height." }, x: { doc: "The width." } },
    }),
    define("ceil(x: number): integer", "The next whole number upwards."),
    define("cos(x: number): number", "The cosine of an angle."),
    define("cosh(x: number): number", "The hyperbolic cosine."),
    define("deg(x: number): number", "An angle in degrees."),
    define("exp(x: number): number", "The number e to the power of x."),
    define(
      "floor(x: number): integer",
      "The next whole number downwards, as an integer: `math.floor(-0.5)` is -1.",
    ),
    define(
      "fmod(x: number, y: number): number",
      "What remains of x after whole y: with the sign of x, while `%` has that of y. Always a float.",
    ),
    define("log(x: number, base?: number): number", "The logarithm.", {
      about: { base: { doc: "The base; e unless said." } },
    }),
    define("log10(x: number): number", "The logarithm to base 10.", { deprecated: "math.log(x, 10)" }),
    define("max(x: number, ...): number", "The largest of the numbers."),
    define("min(x: number, ...): number", "The smallest of the numbers."),
    define("modf(x: number): number, number", "The part before the point and the part after it."),
    define(
      "pow(x: number, y: number): number",
      "The power x ^ y; of two integers it is an integer, while `^` gives a float.",
      { deprecated: "x ^ y", about: { y: { doc: "The exponent." } } },
    ),
    define("rad(x: number): number", "An angle, given in degrees, in radians."),
    define(
      "random(m?: integer, n?: integer): number",
      "A random number: from 0 up to 1 without arguments, a whole one from 1 to m, or from m to n. It depends on nothing but the seed of the run, so a run can be repeated.",
      {
        effect: "nondeterministic",
        advice: `${recorded} Draw inside a checkpoint: \`Step.checkpoint(function() return math.random(6) end)\`.`,
        about: {
          m: { doc: "The largest number; the smallest, when n is given." },
          n: { doc: "The largest number." },
        },
      },
    ),
    define("randomseed(x?: number)", "Starts the random numbers afresh, from a seed of one's own.", {
      effect: "nondeterministic",
      advice: "Draw the numbers inside a checkpoint instead of choosing a seed.",
      about: { x: { default: 0, doc: "The seed." } },
    }),
    define("sin(x: number): number", "The sine of an angle."),
    define("sinh(x: number): number", "The hyperbolic sine."),
    define("sqrt(x: number): number", "The square root."),
    define("tan(x: number): number", "The tangent of an angle."),
    define("tanh(x: number): number", "The hyperbolic tangent."),
  ],
};
