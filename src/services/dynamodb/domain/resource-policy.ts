import { invalidParameters } from '../errors.ts';
import { policyNotFound } from '../table-errors.ts';
import type { Table } from './table.ts';

/** Who may use a table, in IAM's language. It is kept and given back; nobody is refused by it. */
export interface ResourcePolicy {
  readonly document: string;
  /** The milliseconds of its last change. */
  readonly revisionId: string;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/rbac-considerations.html */
const MAX_BYTES = 20_480;
/** The expected revision of a table that has no policy. */
const NO_POLICY = 'NO_POLICY';

/** A new policy, checked as far as it is without IAM. */
export function newPolicy(document: string, nowMs: number): ResourcePolicy {
  if (Buffer.byteLength(document) > MAX_BYTES) {
    throw invalidParameters(`Maximum policy size of ${MAX_BYTES} bytes exceeded`);
  }
  const policy = parse(document);
  if (typeof policy !== 'object' || policy === null || !('Statement' in policy)) {
    throw invalidParameters(
      'Invalid policy document: Could not parse the policy: Statement is empty!',
    );
  }
  return { document: JSON.stringify(policy), revisionId: String(nowMs) };
}

function parse(document: string): unknown {
  try {
    return JSON.parse(document);
  } catch {
    throw invalidParameters('Invalid policy document: This policy contains invalid Json');
  }
}

/** A table with a policy; the same policy once more changes nothing. */
export function withPolicy(
  table: Table,
  policy: ResourcePolicy,
  expected: string | undefined,
): Table {
  checkRevision(table, expected);
  return table.policy?.document === policy.document ? table : { ...table, policy };
}

export function withoutPolicy(table: Table, expected: string | undefined): Table {
  checkRevision(table, expected);
  const { policy: _policy, ...rest } = table;
  return rest;
}

function checkRevision({ name, policy }: Table, expected: string | undefined): void {
  if (expected === undefined || expected === (policy?.revisionId ?? NO_POLICY)) return;
  if (expected === NO_POLICY) {
    throw policyNotFound(
      `Requested policy update expecting none to be present for table ${name}, but a policy exists with revision id ${policy!.revisionId}.`,
    );
  }
  throw policyNotFound(
    policy
      ? `Requested update for policy with revision id ${expected}, but the policy associated to target table ${name} has revision id ${policy.revisionId}.`
      : `Requested update for policy with revision id ${expected}, but table ${name} has no associated policy.`,
  );
}
