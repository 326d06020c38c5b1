import type { InstanceTypeInfo } from '@aws-sdk/client-ec2';
import type { Ec2Scope } from '../../scope.ts';
import * as errors from '../../errors.ts';
import { instanceType } from '../instance-types/instance-types.ts';
import { capacityFor, sizeOf } from '../launch/capacity.ts';
import { checkArchitecture } from '../launch/choose-type.ts';
import { defaultCredits } from '../launch/settings.ts';
import type { Instance } from './instance.ts';

/** A type that an instance is to have, and whether the host carries one more machine of it. */
export interface NewType {
  readonly type: InstanceTypeInfo;
  readonly fits: boolean;
}

/** @throws InvalidInstanceAttributeValue */
export async function newType(name: string, instance: Instance, scope: Ec2Scope): Promise<NewType> {
  const type = instanceType(name);
  if (!type) throw errors.invalidAttributeValue(`Invalid value '${name}' for InstanceType.`);
  return { type, fits: (await capacityFor(scope.compute.of(instance.driver), type, scope)) >= 1 };
}

/**
 * A stopped instance with another type; its machine gets the new size when it starts.
 *
 * @throws InvalidParameterValue, InsufficientInstanceCapacity
 */
export function withType(instance: Instance, { type, fits }: NewType): Instance {
  const { InstanceType = '' } = type;
  if (InstanceType === instance.instanceType) return instance;
  checkArchitecture(type, instance.architecture);
  if (!fits) throw errors.insufficientCapacity(InstanceType);
  const { cpuOptions: _, ...rest } = instance;
  const { creditSpecification: before, ...settings } = instance.settings;
  const credits = type.BurstablePerformanceSupported && (before ?? defaultCredits(type));
  return {
    ...{ ...rest, ...sizeOf(type), instanceType: InstanceType },
    settings: { ...settings, ...(credits && { creditSpecification: credits }) },
  };
}
