import type { Image, InstanceTypeInfo } from '@aws-sdk/client-ec2';
import * as errors from '../../errors.ts';
import { instanceType } from '../instance-types/instance-types.ts';

/**
 * The type where none is named: the smallest current one, as AWS's own default, m1.small, is of a
 * generation that is not offered here.
 */
export function defaultType(architecture: string | undefined): string {
  return architecture === 'arm64' ? 't4g.micro' : 't3.micro';
}

/** @throws InvalidParameterValue */
export function chooseType(given: string | undefined, image: Image): InstanceTypeInfo {
  const name = given ?? defaultType(image.Architecture);
  const type = instanceType(name);
  if (!type) throw errors.invalidParameter(`Invalid value '${name}' for InstanceType.`);
  checkArchitecture(type, image.Architecture ?? '');
  return type;
}

/** @throws InvalidParameterValue where the type does not run images of the architecture */
export function checkArchitecture(type: InstanceTypeInfo, architecture: string): void {
  const architectures: readonly string[] = type.ProcessorInfo?.SupportedArchitectures ?? [];
  if (!architectures.includes(architecture)) {
    throw errors.invalidParameter(
      `The architecture '${architectures.join(',')}' of the specified instance type does not match ` +
        `the architecture '${architecture}' of the specified AMI. Specify an instance type and ` +
        `an AMI that have matching architectures, and try again. You can use ` +
        `'describe-instance-types' or 'describe-images' to discover the architecture of the ` +
        `instance type or AMI.`,
    );
  }
}
