import type { ParameterMetadata } from '@aws-sdk/client-ssm';
import type { ParameterRecord, ParameterVersion } from './parameter-record.ts';

/** A version as DescribeParameters and GetParameterHistory show it: without its value. */
export function describeVersion(
  { name }: Pick<ParameterRecord, 'name'>,
  version: ParameterVersion,
): ParameterMetadata {
  return {
    Name: name,
    Type: version.type,
    KeyId: version.keyId,
    LastModifiedDate: new Date(version.modifiedAtMs),
    LastModifiedUser: version.modifiedBy,
    Description: version.description,
    AllowedPattern: version.allowedPattern,
    Version: version.version,
    Tier: version.tier,
    Policies: [],
    DataType: version.dataType,
  };
}
