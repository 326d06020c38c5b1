import type { ServiceDetail } from '@aws-sdk/client-ec2';
import * as endpointErrors from '../../endpoint-errors.ts';
import { zonesOf } from '../regions.ts';

export type EndpointType = 'Gateway' | 'Interface';

/** A service of AWS that an endpoint in a VPC leads to. */
export interface EndpointService {
  /** e.g. `com.amazonaws.us-east-1.s3` */
  readonly name: string;
  readonly type: EndpointType;
  /** The name that clients call without an endpoint, where endpoints of this kind may take it. */
  readonly privateDnsName: string;
}

/** What stands in the services' names and before the region in the names that clients call. */
const INTERFACES: Readonly<Record<string, string>> = {
  autoscaling: 'autoscaling',
  cloudcontrolapi: 'cloudcontrolapi',
  cloudformation: 'cloudformation',
  dynamodb: 'dynamodb',
  'dynamodb-streams': 'streams.dynamodb',
  ec2: 'ec2',
  'ecr.api': 'api.ecr',
  'ecr.dkr': '*.dkr.ecr',
  elasticloadbalancing: 'elasticloadbalancing',
  events: 'events',
  kms: 'kms',
  lambda: 'lambda',
  logs: 'logs',
  monitoring: 'monitoring',
  s3: '*.s3',
  secretsmanager: 'secretsmanager',
  sns: 'sns',
  sqs: 'sqs',
  ssm: 'ssm',
  sts: 'sts',
};

/** Those that route tables lead to: https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html */
export const GATEWAYS = ['dynamodb', 's3'] as const;

/** All that a region offers: what Alacarte has an API of, and no more. */
export function endpointServices(region: string): EndpointService[] {
  const service = (type: EndpointType, short: string): EndpointService => ({
    name: serviceName(region, short),
    type,
    privateDnsName: `${INTERFACES[short]}.${region}.amazonaws.com`,
  });
  return [
    ...GATEWAYS.map((short) => service('Gateway', short)),
    ...Object.keys(INTERFACES).map((short) => service('Interface', short)),
  ];
}

export function serviceName(region: string, short: string): string {
  return `com.amazonaws.${region}.${short}`;
}

/** The region in a service's name, e.g. of `com.amazonaws.us-east-1.s3`. */
export function regionOfService(name: string): string {
  return name.split('.')[2] ?? '';
}

/** @throws InvalidServiceName, InvalidParameter where it is not offered in this way */
export function checkService(region: string, name: string, type: EndpointType): EndpointService {
  const offered = endpointServices(region).filter((each) => each.name === name);
  if (offered.length === 0) throw endpointErrors.serviceNotFound([name]);
  const found = offered.find((each) => each.type === type);
  const types = offered.map((each) => each.type);
  if (!found) throw endpointErrors.wrongEndpointType(type, types);
  return found;
}

/** Whether gateways lead to it too, so that interfaces take its name only when asked. */
export function hasGateway(region: string, name: string): boolean {
  return GATEWAYS.some((short) => serviceName(region, short) === name);
}

export function wireService(
  region: string,
  { name, type, privateDnsName }: EndpointService,
): ServiceDetail & { readonly ServiceName: string } {
  const short = name.slice(serviceName(region, '').length);
  const isInterface = type === 'Interface';
  return {
    ServiceName: name,
    ServiceRegion: region,
    ServiceType: [{ ServiceType: type }],
    AvailabilityZones: zonesOf(region).map((zone) => zone.name),
    Owner: 'amazon',
    BaseEndpointDnsNames: [`${short}.${region}.${isInterface ? 'vpce.' : ''}amazonaws.com`],
    VpcEndpointPolicySupported: true,
    AcceptanceRequired: false,
    ManagesVpcEndpoints: false,
    SupportedIpAddressTypes: ['ipv4'],
    ...(isInterface && {
      PrivateDnsName: privateDnsName,
      PrivateDnsNames: [{ PrivateDnsName: privateDnsName }],
      PrivateDnsNameVerificationState: 'verified' as const,
    }),
  };
}
