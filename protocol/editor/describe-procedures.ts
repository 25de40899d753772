/** Request of the editor to the language server: which procedures a source declares, with their inputs. */
export const describeProceduresMethod = "tactus/describeProcedures";

/** The source as it stands in the editor. The server evaluates its declarations only, without any access. */
export interface DescribeProceduresParams {
  /** For messages. */
  readonly file: string;
  readonly source: string;
}
