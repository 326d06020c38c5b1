import type { InstanceAttribute } from '@aws-sdk/client-ec2';
import * as errors from '../../errors.ts';
import type { Instance } from './instance.ts';
import { wireGroups, wireInstance } from './wire.ts';

/** One attribute as DescribeInstanceAttribute shows it. An attribute without a value is an empty element. */
const attributes: Readonly<Record<string, (instance: Instance) => InstanceAttribute>> = {
  blockDeviceMapping: (instance) => ({
    BlockDeviceMappings: wireInstance(instance).BlockDeviceMappings,
  }),
  disableApiStop: ({ settings }) => ({ DisableApiStop: { Value: settings.disableApiStop } }),
  disableApiTermination: ({ settings }) => ({
    DisableApiTermination: { Value: settings.disableApiTermination },
  }),
  ebsOptimized: ({ settings }) => ({ EbsOptimized: { Value: settings.ebsOptimized } }),
  enaSupport: () => ({ EnaSupport: { Value: true } }),
  enclaveOptions: () => ({ EnclaveOptions: { Enabled: false } }),
  groupSet: (instance) => ({ Groups: wireGroups(instance) }),
  instanceInitiatedShutdownBehavior: ({ settings }) => ({
    InstanceInitiatedShutdownBehavior: { Value: settings.shutdownBehavior },
  }),
  instanceType: ({ instanceType }) => ({ InstanceType: { Value: instanceType } }),
  kernel: () => ({ KernelId: {} }),
  productCodes: () => ({ ProductCodes: [] }),
  ramdisk: () => ({ RamdiskId: {} }),
  rootDeviceName: ({ rootDeviceName }) => ({ RootDeviceName: { Value: rootDeviceName } }),
  sourceDestCheck: ({ network }) => ({ SourceDestCheck: { Value: network.sourceDestCheck } }),
  sriovNetSupport: () => ({ SriovNetSupport: {} }),
  userData: ({ userData }) => ({ UserData: userData === undefined ? {} : { Value: userData } }),
};

/** @throws InvalidParameterValue for an attribute that instances do not have */
export function shownAttribute(instance: Instance, name: string): InstanceAttribute {
  const show = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
  if (!show) throw errors.invalidValue(name, 'attribute', 'Unknown attribute.');
  return show(instance);
}
