const noBridge = "it calls `python.*`, and there is no bridge to the host's language";
const rejected = "it has code after a `return` of the file, which the original rejects as well";

/** Published specifications that do not pass here, each with the reason; one that passes must leave the list. */
export const failingSpecifications: Readonly<Record<string, string>> = {
  "examples/11-feature-message-history.tac": noBridge,
  "examples/13-feature-session.tac": noBridge,
  "examples/with_dependencies/simple_http_test.tac": rejected,
  "examples/with_dependencies/time_lookup.tac": rejected,
};

const functionsInResult =
  "it is a module of functions; run as a program its result can't be written as JSON, where the original writes a placeholder";

/** Runs that end otherwise than in the original, each with the reason. */
export const otherResults: Readonly<Record<string, string>> = {
  "examples/90-hitl-ultra-debug.tac":
    "`Human.approve` is a function, which the original's program finds it is not",
  "examples/helpers/math_module.tac": functionsInResult,
  "examples/helpers/string_module.tac": functionsInResult,
};
