import type { Filters } from '../filters.ts';
import { interfaceFilters } from './interface-filters.ts';
import type { ShownInstance } from './reservations.ts';

/**
 * Every filter of DescribeInstances. Those for what no instance has yet read nothing.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html
 */
export const instanceFilters: Filters<ShownInstance> = {
  ...interfaceFilters,
  affinity: (it) => it.Placement?.Affinity,
  architecture: (it) => it.Architecture,
  'availability-zone': (it) => it.Placement?.AvailabilityZone,
  'availability-zone-id': (it) => it.Placement?.AvailabilityZoneId,
  'block-device-mapping.attach-time': (it) =>
    it.BlockDeviceMappings?.map((disk) => disk.Ebs?.AttachTime),
  'block-device-mapping.delete-on-termination': (it) =>
    it.BlockDeviceMappings?.map((disk) => disk.Ebs?.DeleteOnTermination),
  'block-device-mapping.device-name': (it) =>
    it.BlockDeviceMappings?.map((disk) => disk.DeviceName),
  'block-device-mapping.status': (it) => it.BlockDeviceMappings?.map((disk) => disk.Ebs?.Status),
  'block-device-mapping.volume-id': (it) =>
    it.BlockDeviceMappings?.map((disk) => disk.Ebs?.VolumeId),
  'boot-mode': (it) => it.BootMode,
  'capacity-reservation-id': (it) => it.CapacityReservationId,
  'capacity-reservation-specification.capacity-reservation-preference': (it) =>
    it.CapacityReservationSpecification?.CapacityReservationPreference,
  'capacity-reservation-specification.capacity-reservation-target.capacity-reservation-id': (it) =>
    it.CapacityReservationSpecification?.CapacityReservationTarget?.CapacityReservationId,
  'capacity-reservation-specification.capacity-reservation-target.capacity-reservation-resource-group-arn':
    (it) =>
      it.CapacityReservationSpecification?.CapacityReservationTarget
        ?.CapacityReservationResourceGroupArn,
  'client-token': (it) => it.ClientToken,
  'current-instance-boot-mode': (it) => it.CurrentInstanceBootMode,
  'dns-name': (it) => it.PublicDnsName,
  'ebs-optimized': (it) => it.EbsOptimized,
  'ena-support': (it) => it.EnaSupport,
  'enclave-options.enabled': (it) => it.EnclaveOptions?.Enabled,
  'hibernation-options.configured': (it) => it.HibernationOptions?.Configured,
  'host-id': (it) => it.Placement?.HostId,
  hypervisor: (it) => it.Hypervisor,
  'iam-instance-profile.arn': (it) => it.IamInstanceProfile?.Arn,
  'iam-instance-profile.id': (it) => it.IamInstanceProfile?.Id,
  'image-id': (it) => it.ImageId,
  'instance-id': (it) => it.InstanceId,
  'instance-lifecycle': (it) => it.InstanceLifecycle,
  'instance-state-code': (it) => it.State?.Code,
  'instance-state-name': (it) => it.State?.Name,
  'instance-type': (it) => it.InstanceType,
  'instance.group-id': (it) => it.SecurityGroups?.map((group) => group.GroupId),
  'instance.group-name': (it) => it.SecurityGroups?.map((group) => group.GroupName),
  'ip-address': (it) => it.PublicIpAddress,
  'ipv6-address': (it) => it.Ipv6Address,
  'kernel-id': (it) => it.KernelId,
  'key-name': (it) => it.KeyName,
  'launch-index': (it) => it.AmiLaunchIndex,
  'launch-time': (it) => it.LaunchTime,
  'maintenance-options.auto-recovery': (it) => it.MaintenanceOptions?.AutoRecovery,
  'metadata-options.http-endpoint': (it) => it.MetadataOptions?.HttpEndpoint,
  'metadata-options.http-protocol-ipv4': (it) => it.MetadataOptions?.HttpEndpoint,
  'metadata-options.http-protocol-ipv6': (it) => it.MetadataOptions?.HttpProtocolIpv6,
  'metadata-options.http-put-response-hop-limit': (it) =>
    it.MetadataOptions?.HttpPutResponseHopLimit,
  'metadata-options.http-tokens': (it) => it.MetadataOptions?.HttpTokens,
  'metadata-options.instance-metadata-tags': (it) => it.MetadataOptions?.InstanceMetadataTags,
  'metadata-options.state': (it) => it.MetadataOptions?.State,
  'monitoring-state': (it) => it.Monitoring?.State,
  'network-performance-options.bandwidth-weighting': (it) =>
    it.NetworkPerformanceOptions?.BandwidthWeighting,
  'operator.managed': (it) => it.Operator?.Managed ?? false,
  'operator.principal': (it) => it.Operator?.Principal,
  'outpost-arn': (it) => it.OutpostArn,
  'owner-id': (it) => it.OwnerId,
  'placement-group-name': (it) => it.Placement?.GroupName || undefined,
  'placement-partition-number': (it) => it.Placement?.PartitionNumber,
  platform: (it) => it.Platform,
  'platform-details': (it) => it.PlatformDetails,
  'private-dns-name': (it) => it.PrivateDnsName,
  'private-dns-name-options.enable-resource-name-dns-a-record': (it) =>
    it.PrivateDnsNameOptions?.EnableResourceNameDnsARecord,
  'private-dns-name-options.enable-resource-name-dns-aaaa-record': (it) =>
    it.PrivateDnsNameOptions?.EnableResourceNameDnsAAAARecord,
  'private-dns-name-options.hostname-type': (it) => it.PrivateDnsNameOptions?.HostnameType,
  'private-ip-address': (it) => it.PrivateIpAddress,
  'product-code': (it) => it.ProductCodes?.map((code) => code.ProductCodeId),
  'product-code.type': (it) => it.ProductCodes?.map((code) => code.ProductCodeType),
  'ramdisk-id': (it) => it.RamdiskId,
  reason: (it) => it.StateTransitionReason,
  'requester-id': () => undefined,
  'reservation-id': (it) => it.ReservationId,
  'root-device-name': (it) => it.RootDeviceName,
  'root-device-type': (it) => it.RootDeviceType,
  'source-dest-check': (it) => it.SourceDestCheck,
  'spot-instance-request-id': (it) => it.SpotInstanceRequestId,
  'state-reason-code': (it) => it.StateReason?.Code,
  'state-reason-message': (it) => it.StateReason?.Message,
  'subnet-id': (it) => it.SubnetId,
  tenancy: (it) => it.Placement?.Tenancy,
  'tpm-support': (it) => it.TpmSupport,
  'usage-operation': (it) => it.UsageOperation,
  'usage-operation-update-time': (it) => it.UsageOperationUpdateTime,
  'virtualization-type': (it) => it.VirtualizationType,
  'vpc-id': (it) => it.VpcId,
};
