import type { RunInstancesRequest } from '@aws-sdk/client-ec2';
import * as errors from '../../errors.ts';

/** What RunInstances may ask for that is not built: each is refused by name, none is passed over. */
const NOT_BUILT: Readonly<Record<string, (input: RunInstancesRequest) => unknown>> = {
  'CpuOptions.AmdSevSnp': (input) => input.CpuOptions?.AmdSevSnp === 'enabled',
  'CpuOptions.NestedVirtualization': (input) =>
    input.CpuOptions?.NestedVirtualization === 'enabled',
  'HibernationOptions.Configured': (input) => input.HibernationOptions?.Configured,
  'EnclaveOptions.Enabled': (input) => input.EnclaveOptions?.Enabled,
  ElasticGpuSpecification: (input) => input.ElasticGpuSpecification?.length,
  ElasticInferenceAccelerators: (input) => input.ElasticInferenceAccelerators?.length,
  LicenseSpecifications: (input) => input.LicenseSpecifications?.length,
  KernelId: (input) => input.KernelId,
  RamdiskId: (input) => input.RamdiskId,
  AdditionalInfo: (input) => input.AdditionalInfo,
  EnablePrimaryIpv6: (input) => input.EnablePrimaryIpv6,
  NetworkPerformanceOptions: (input) => input.NetworkPerformanceOptions,
  Operator: (input) => input.Operator,
  'Placement.HostResourceGroupArn': (input) => input.Placement?.HostResourceGroupArn,
  'Placement.Tenancy=dedicated': (input) => input.Placement?.Tenancy === 'dedicated',
  'Placement.SpreadDomain': (input) => input.Placement?.SpreadDomain,
  'MetadataOptions.HttpProtocolIpv6': (input) =>
    input.MetadataOptions?.HttpProtocolIpv6 === 'enabled',
  'prefixes of a NetworkInterface': (input) =>
    input.NetworkInterfaces?.some((each) => each.Ipv4PrefixCount || each.Ipv4Prefixes?.length),
  'IPv6 prefixes and primary addresses of a NetworkInterface': (input) =>
    input.NetworkInterfaces?.some(
      (each) => each.Ipv6PrefixCount || each.Ipv6Prefixes?.length || each.PrimaryIpv6,
    ),
  'NetworkInterface.InterfaceType': (input) =>
    input.NetworkInterfaces?.some(
      (each) => each.InterfaceType && each.InterfaceType !== 'interface',
    ),
};

/** @throws UnsupportedOperation for the first thing that Alacarte cannot do yet */
export function refuseUnsupported(input: RunInstancesRequest): void {
  for (const [name, asked] of Object.entries(NOT_BUILT)) {
    if (asked(input)) {
      throw errors.unsupported(`Alacarte does not support ${name} in RunInstances yet.`);
    }
  }
}
