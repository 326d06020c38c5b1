import type { AddressAttribute } from '@aws-sdk/client-ec2';
import * as errors from '../../errors.ts';
import type { ElasticIp } from '../network/recorded.ts';

const NAME =
  /^(?=.{1,253}\.?$)([a-z0-9_]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.?$/i;

/**
 * A name as it is kept: with the dot that ends it.
 *
 * @throws InvalidParameterValue
 */
export function checkReverseName(name: string): string {
  if (!NAME.test(name)) {
    throw errors.invalidValue(name, 'DomainName', 'It is not a valid domain name.');
  }
  return name.endsWith('.') ? name : `${name}.`;
}

/** @param update where one is on its way: the name, or none that it has on AWS by itself */
export function wireReverseName(
  { PublicIp, AllocationId, ptrRecord }: ElasticIp,
  update?: string,
): AddressAttribute {
  return {
    PublicIp,
    AllocationId,
    ...(ptrRecord !== undefined && { PtrRecord: ptrRecord }),
    ...(update !== undefined && { PtrRecordUpdate: { Value: update, Status: 'PENDING' } }),
  };
}

/** What AWS calls an address that nobody has given a name. */
export function nameOfAws(address: string, region: string): string {
  const domain = region === 'us-east-1' ? 'compute-1' : `${region}.compute`;
  return `ec2-${address.replaceAll('.', '-')}.${domain}.amazonaws.com.`;
}
