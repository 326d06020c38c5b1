import type { IdFormat } from '@aws-sdk/client-ec2';
import * as errors from '../errors.ts';

// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeIdFormat.html
const RESOURCES = [
  ...['bundle', 'conversion-task', 'customer-gateway', 'dhcp-options', 'elastic-ip-allocation'],
  ...['elastic-ip-association', 'export-task', 'flow-log', 'image', 'import-task', 'instance'],
  ...['internet-gateway', 'network-acl', 'network-acl-association', 'network-interface'],
  ...['network-interface-attachment', 'prefix-list', 'reservation', 'route-table'],
  ...['route-table-association', 'security-group', 'snapshot', 'subnet'],
  ...['subnet-cidr-block-association', 'volume', 'vpc', 'vpc-cidr-block-association'],
  ...['vpc-endpoint', 'vpc-peering-connection', 'vpn-connection', 'vpn-gateway'],
];

/**
 * How IDs of a kind of resource look, or of every kind: since 2018 all are long.
 *
 * @throws InvalidParameterValue
 */
export function idFormats(resource?: string): IdFormat[] {
  if (resource !== undefined) checkResource(resource);
  return RESOURCES.filter((each) => resource === undefined || each === resource).map(
    (Resource) => ({ Resource, UseLongIds: true }),
  );
}

/**
 * Lets long IDs be asked for, which are there anyway, and no others.
 *
 * @throws MissingParameter, InvalidParameterValue, OperationNotPermitted
 */
export function checkLongIds(resource: string | undefined, useLongIds: boolean | undefined): void {
  if (!resource) throw errors.missingParameter('Resource');
  if (useLongIds === undefined) throw errors.missingParameter('UseLongIds');
  if (resource !== 'all-current') checkResource(resource);
  if (!useLongIds) {
    throw errors.notPermitted(`Resources of type ${resource} have had long IDs only since 2018.`);
  }
}

/** @throws MissingParameter, InvalidParameterValue */
export function checkPrincipal(arn: string | undefined, orAll = false): void {
  if (!arn) throw errors.missingParameter('PrincipalArn');
  if (orAll && arn === 'all') return;
  if (/^arn:aws[a-z-]*:iam::\d{12}:(root|(user|role)\/.+)$/.test(arn)) return;
  throw errors.invalidValue(arn, 'PrincipalArn', 'It is not the ARN of a user, a role or root.');
}

function checkResource(resource: string): void {
  if (RESOURCES.includes(resource)) return;
  throw errors.invalidValue(resource, 'Resource', 'It is not a resource type with long IDs.');
}
