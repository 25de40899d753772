const form = /^\s*(>=|<=|===?|=|>|<|%)?\s*(\d+)\s*$/;

/** Whether the `hits`-th time counts. */
export type HitCondition = (hits: number) => boolean;

/** `5` or `== 5`: the fifth time; `>= 5`, `< 5`, …; `% 5`: each fifth. Undefined for what is none of these. */
export function parseHitCondition(text: string): HitCondition | undefined {
  const [, operator = "==", digits = ""] = form.exec(text) ?? [];
  if (digits === "") return undefined;
  const count = Number(digits);
  switch (operator) {
    case ">":
      return (hits) => hits > count;
    case ">=":
      return (hits) => hits >= count;
    case "<":
      return (hits) => hits < count;
    case "<=":
      return (hits) => hits <= count;
    case "%":
      return (hits) => count > 0 && hits % count === 0;
    default:
      return (hits) => hits === count;
  }
}
