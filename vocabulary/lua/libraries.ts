import type { LibraryEntry } from "../entries.ts";
import { coroutineLibrary } from "./coroutine-library.ts";
import { debugLibrary } from "./debug-library.ts";
import { mathLibrary } from "./math-library.ts";
import { osLibrary } from "./os-library.ts";
import { stringLibrary } from "./string-library.ts";
import { tableLibrary } from "./table-library.ts";
import { utf8Library } from "./utf8-library.ts";

/** The libraries of Lua as they are here (language.md §1.8). */
export const luaLibraries: readonly LibraryEntry[] = [
  stringLibrary,
  tableLibrary,
  mathLibrary,
  osLibrary,
  utf8Library,
  coroutineLibrary,
  debugLibrary,
];
