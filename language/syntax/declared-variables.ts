import { isCompileTime } from "#language/syntax/compile-time.ts";
import type { Variable } from "#language/syntax/function-scope.ts";
import type { LocalStatement } from "#language/syntax/tree.ts";

/** The variables of a `local` statement; `isFolded` tells whether a visible name is a constant that Lua has folded. */
export function declaredVariables(
  { names, values }: LocalStatement,
  isFolded: (name: string) => boolean,
): Variable[] {
  const value = values.length === names.length ? values.at(-1) : undefined;
  return names.map(({ name, attribute }, index) => ({
    name: name.text,
    span: name,
    isConstant: attribute !== undefined,
    isCompileTime:
      attribute?.text === "const" &&
      index === names.length - 1 &&
      value !== undefined &&
      isCompileTime(value, isFolded),
  }));
}
