import type { SecurityGroupRule, Vpc } from '@aws-sdk/client-ec2';
import { arnOf } from '../../../../kernel/arn.ts';
import type { Ids } from '../../../../kernel/ids.ts';
import * as errors from '../../errors.ts';
import type { Place } from '../place.ts';
import { duplicateText, identityOf, type RuleSpec } from './rule.ts';

/** A rule that has an ID. */
export type RuleRecord = SecurityGroupRule & { readonly SecurityGroupRuleId: string };

// https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups
const MAX_RULES = 60;

/** Rules as they will be recorded. */
export function newRules(
  specs: readonly RuleSpec[],
  groupId: string,
  place: Place,
  ids: Ids,
): RuleRecord[] {
  return specs.map((spec) => {
    const SecurityGroupRuleId = ids.resource('sgr');
    return {
      SecurityGroupRuleId,
      SecurityGroupRuleArn: arnOf(place, 'ec2', `security-group-rule/${SecurityGroupRuleId}`),
      GroupId: groupId,
      GroupOwnerId: place.account,
      ...spec,
    };
  });
}

/** @throws InvalidParameterValue where a request names a rule twice */
export function checkDistinct(specs: readonly RuleSpec[]): void {
  if (new Set(specs.map(identityOf)).size < specs.length) {
    throw errors.invalidParameter('The same permission must not appear multiple times');
  }
}

/**
 * Refuses what a group has already, and more rules in one direction than it may have.
 *
 * @throws InvalidPermission.Duplicate, RulesPerSecurityGroupLimitExceeded
 */
export function checkRoom(specs: readonly RuleSpec[], present: readonly SecurityGroupRule[]): void {
  const known = new Set(present.map(identityOf));
  const twice = specs.find((spec) => known.has(identityOf(spec)));
  if (twice) throw errors.ruleExists(duplicateText(twice));
  for (const isEgress of [false, true]) {
    const count = [...specs, ...present].filter((rule) => rule.IsEgress === isEgress).length;
    if (count > MAX_RULES) throw errors.ruleLimit();
  }
}

const EVERYTHING = { IpProtocol: '-1', FromPort: -1, ToPort: -1 } as const;

/** What every group starts with: everything out to anywhere. */
export const DEFAULT_EGRESS: RuleSpec = { ...EVERYTHING, IsEgress: true, CidrIpv4: '0.0.0.0/0' };

/** The same in both families where the VPC has both. */
export function defaultEgress({ Ipv6CidrBlockAssociationSet }: Vpc): RuleSpec[] {
  if (!Ipv6CidrBlockAssociationSet?.length) return [DEFAULT_EGRESS];
  return [DEFAULT_EGRESS, { ...EVERYTHING, IsEgress: true, CidrIpv6: '::/0' }];
}

/** What a VPC's default group lets in: everything from its own members. */
export function everythingFrom(GroupId: string, { account }: Place): RuleSpec {
  return {
    ...EVERYTHING,
    IsEgress: false,
    ReferencedGroupInfo: { GroupId, UserId: account },
  };
}
