/**
 * How a client walks through an operation's pages, as the AWS CLI does. Paths are JMESPath
 * expressions on the output.
 */
export interface Paginator {
  /** Input members that say where to go on, each given the value of `outputTokens` at its place. */
  readonly inputTokens: readonly string[];
  /** e.g. `NextToken`, or `NextMarker || Contents[-1].Key` */
  readonly outputTokens: readonly string[];
  /** True in the output while pages are left; where there is none, a token says so. */
  readonly moreResults?: string;
  /** Input member that limits the size of a page. */
  readonly limitKey?: string;
  /** What is gathered from the pages; the first one is counted by `--max-items`. */
  readonly resultKeys: readonly string[];
  /** Members of the output that are kept from the first page. */
  readonly nonAggregateKeys?: readonly string[];
}
