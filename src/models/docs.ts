/** AWS's own words on a service, as plain text cut short after a few sentences: for `help`. */
export interface ServiceDocs {
  readonly operations: Readonly<Record<string, string>>;
  /** By structure in the model's `shapes`, then by member. */
  readonly members: Readonly<Record<string, Readonly<Record<string, string>>>>;
}
