import { partitionOf } from '../../../kernel/arn.ts';
import { publicParameters } from '../../ec2/domain/images/public-parameters.ts';
import type { ParameterRecord } from './parameter-record.ts';

/** AWS's public parameters, the same for every account; each has the one version that is current. */
export function publicRecords(region: string): ParameterRecord[] {
  return publicParameters(region).map(({ name, value, modified }) => ({
    name,
    // They belong to no account.
    arn: `arn:${partitionOf(region)}:ssm:${region}::parameter${name}`,
    latest: {
      version: 1,
      type: 'String',
      value,
      tier: 'Standard',
      dataType: 'text',
      modifiedAtMs: Date.parse(modified),
      modifiedBy: '',
    },
    oldest: 1,
    labels: {},
    tags: {},
  }));
}
