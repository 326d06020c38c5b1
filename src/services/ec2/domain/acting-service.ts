import type { Ec2, Ec2Scope } from '../scope.ts';
import type { Place } from './place.ts';

const ROLES = {
  'spot.amazonaws.com': 'AWSServiceRoleForEC2Spot',
  'ec2fleet.amazonaws.com': 'AWSServiceRoleForEC2Fleet',
} as const;

/**
 * The scope of what EC2 does by itself, long after somebody was allowed to ask for it.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/service-linked-roles-spot-instance-requests.html
 */
export function actingService(
  service: keyof typeof ROLES,
  { account, region }: Place,
  ec2: Ec2,
): Ec2Scope {
  const arn = `arn:aws:iam::${account}:role/aws-service-role/${service}/${ROLES[service]}`;
  return {
    ...ec2,
    caller: { account, region, principal: { type: 'Service', arn, userId: service } },
    requestId: ec2.ids.uuid(),
    realize: () => undefined,
  };
}
