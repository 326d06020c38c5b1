import { isIPv4 } from 'node:net';
import type { CreateNetworkInsightsPathRequest, PathRequestFilter } from '@aws-sdk/client-ec2';
import { arnOf } from '../../../../kernel/arn.ts';
import * as errors from '../../errors.ts';
import type { Place } from '../place.ts';
import { kindOf, kinds, type ResourceKind } from '../resource-kinds.ts';

const ENDS: readonly ResourceKind[] = [
  kinds.instance,
  kinds.networkInterface,
  kinds.internetGateway,
  kinds.vpcPeeringConnection,
];
const LAST_PORT = 65_535;

export interface PathEnd {
  readonly id: string;
  readonly arn: string;
}

/**
 * A source or destination, given by ID or ARN. Whether it exists is for the analysis to say: a path
 * outlives what it leads to.
 * https://docs.aws.amazon.com/vpc/latest/reachability/how-reachability-analyzer-works.html
 *
 * @throws InvalidParameterValue, also for kinds that are not built
 */
export function checkEnd(given: string, parameter: string, place: Place): PathEnd {
  const id = given.startsWith('arn:') ? given.slice(given.lastIndexOf('/') + 1) : given;
  const kind = kindOf(id);
  if (!kind || !ENDS.includes(kind)) {
    const known = ENDS.map(({ type }) => type).join(', ');
    throw errors.invalidValue(given, parameter, `Expected the ID or ARN of one of: ${known}.`);
  }
  const arn = arnOf(place, 'ec2', `${kind.type}/${id}`);
  if (given !== id && given !== arn) {
    throw errors.invalidValue(given, parameter, 'It is not of this account and Region.');
  }
  return { id, arn };
}

/**
 * Refuses packets that cannot be.
 *
 * @throws MissingParameter, InvalidParameterCombination, InvalidParameterValue
 */
export function checkPacket(input: CreateNetworkInsightsPathRequest): void {
  const { SourceIp, DestinationIp, DestinationPort, FilterAtSource, FilterAtDestination } = input;
  if (!input.Destination && !DestinationIp && !FilterAtSource?.DestinationAddress) {
    throw errors.missingParameter('destination');
  }
  const isPlain = SourceIp ?? DestinationIp ?? DestinationPort;
  if ((FilterAtSource ?? FilterAtDestination) && isPlain !== undefined) {
    throw errors.combination(
      'Filters cannot be used together with sourceIp, destinationIp or destinationPort',
    );
  }
  checkAddress(SourceIp, 'sourceIp');
  checkAddress(DestinationIp, 'destinationIp');
  checkPort(DestinationPort, 'destinationPort');
  checkFilter(FilterAtSource, 'filterAtSource');
  checkFilter(FilterAtDestination, 'filterAtDestination');
}

/** Refuses what names no component. */
export function checkComponents(arns: readonly string[], parameter: string): void {
  for (const arn of arns) {
    if (/^arn:[^:]+:ec2:[^:]+:\d{12}:.+\/.+$/.test(arn)) continue;
    throw errors.invalidValue(arn, parameter, 'Expected the ARN of a component.');
  }
}

function checkFilter(filter: PathRequestFilter | undefined, parameter: string): void {
  checkAddress(filter?.SourceAddress, `${parameter}.sourceAddress`);
  checkAddress(filter?.DestinationAddress, `${parameter}.destinationAddress`);
  for (const range of ['SourcePortRange', 'DestinationPortRange'] as const) {
    const { FromPort, ToPort = FromPort } = filter?.[range] ?? {};
    checkPort(FromPort, `${parameter}.${range}.fromPort`);
    checkPort(ToPort, `${parameter}.${range}.toPort`);
    if (FromPort !== undefined && ToPort !== undefined && FromPort > ToPort) {
      throw errors.invalidValue(FromPort, `${parameter}.${range}`, 'It ends before it begins.');
    }
  }
}

function checkAddress(address: string | undefined, parameter: string): void {
  if (address === undefined || isIPv4(address)) return;
  throw errors.invalidValue(address, parameter, 'Expected an IPv4 address.');
}

function checkPort(port: number | undefined, parameter: string): void {
  if (port === undefined || (port >= 0 && port <= LAST_PORT)) return;
  throw errors.invalidValue(port, parameter, `Expected a port from 0 to ${LAST_PORT}.`);
}
