/** Request of the editor to the language server: which procedures a source declares, with their inputs. */
export const describeProceduresMethod = "tactus/describeProcedures";

/** The source as it stands in the editor. The server evaluates its declarations only, without any access. */
export interface DescribeProceduresParams {
  /** For messages. */
  readonly file: string;
  /** Where it is: modules that it requires are looked for beside it. Absent: it requires none. */
  readonly uri?: string;
  readonly source: string;
}
