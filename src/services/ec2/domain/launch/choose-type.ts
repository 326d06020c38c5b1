import type { Image, InstanceTypeInfo } from '@aws-sdk/client-ec2';
import * as errors from '../../errors.ts';
import { instanceType } from '../instance-types/instance-types.ts';

/**
 * The type to launch. Where none is named it is the smallest current one, as AWS's own default,
 * m1.small, is of a generation that is not offered here.
 *
 * @throws InvalidParameterValue
 */
export function chooseType(given: string | undefined, image: Image): InstanceTypeInfo {
  const name = given ?? (image.Architecture === 'arm64' ? 't4g.micro' : 't3.micro');
  const type = instanceType(name);
  if (!type) throw errors.invalidParameter(`Invalid value '${name}' for InstanceType.`);
  const architectures: readonly string[] = type.ProcessorInfo?.SupportedArchitectures ?? [];
  if (!architectures.includes(image.Architecture ?? '')) {
    throw errors.invalidParameter(
      `The architecture '${architectures.join(',')}' of the specified instance type does not match ` +
        `the architecture '${image.Architecture}' of the specified AMI. Specify an instance type and ` +
        `an AMI that have matching architectures, and try again. You can use ` +
        `'describe-instance-types' or 'describe-images' to discover the architecture of the ` +
        `instance type or AMI.`,
    );
  }
  return type;
}
