/** Who sends a request, to which account and region: the outcome of authentication. */
export interface Caller {
  /** Twelve digits. */
  readonly account: string;
  /** e.g. `us-east-1`; global services are called in the region their signature names. */
  readonly region: string;
  readonly principal: Principal;
  /**
   * The services that pass the call on in the principal's name, first to last, e.g.
   * `cloudformation.amazonaws.com`: IAM's `aws:CalledVia`. Absent for a client's own call.
   */
  readonly calledVia?: readonly string[];
}

export interface Principal {
  readonly type: 'Root' | 'User' | 'AssumedRole' | 'Service';
  /** e.g. `arn:aws:iam::000000000000:root` */
  readonly arn: string;
  /** As GetCallerIdentity's `UserId` shows it. */
  readonly userId: string;
  /** Absent for calls that Alacarte makes itself. */
  readonly accessKeyId?: string;
}

/** The account's root, as GetCallerIdentity describes it. */
export function rootPrincipal(account: string, accessKeyId?: string): Principal {
  return {
    type: 'Root',
    arn: `arn:aws:iam::${account}:root`,
    userId: account,
    ...(accessKeyId === undefined ? {} : { accessKeyId }),
  };
}
