import type { Instance as Described, InstanceAttributeName } from '@aws-sdk/client-ec2';
import type { ResourceContext } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import { profileName } from '../domain/profiles/profile.ts';
import type { Instance } from './instance-launch.ts';
import { shownTags } from './tags.ts';

/** An instance as its type's schema shows it: properties as they are now, and attributes. */
export async function shownInstance(
  found: Described,
  { invoke }: ResourceContext,
): Promise<Instance> {
  const InstanceId = found.InstanceId!;
  const attribute = (Attribute: InstanceAttributeName) =>
    invoke(model.DescribeInstanceAttribute, { InstanceId, Attribute });
  const { UserData } = await attribute('userData');
  const { DisableApiTermination } = await attribute('disableApiTermination');
  const { InstanceInitiatedShutdownBehavior } = await attribute(
    'instanceInitiatedShutdownBehavior',
  );
  const Tags = shownTags(found.Tags);
  const { HttpEndpoint, HttpTokens, HttpPutResponseHopLimit, InstanceMetadataTags } =
    found.MetadataOptions ?? {};
  return {
    InstanceId,
    ImageId: found.ImageId!,
    InstanceType: found.InstanceType!,
    AvailabilityZone: found.Placement!.AvailabilityZone!,
    Tenancy: found.Placement!.Tenancy!,
    ...(found.Placement!.GroupName && { PlacementGroupName: found.Placement!.GroupName }),
    SubnetId: found.SubnetId!,
    VpcId: found.VpcId!,
    SecurityGroupIds: (found.SecurityGroups ?? []).map(({ GroupId }) => GroupId!),
    PrivateIpAddress: found.PrivateIpAddress!,
    PrivateIp: found.PrivateIpAddress!,
    PrivateDnsName: found.PrivateDnsName!,
    PublicIp: found.PublicIpAddress ?? '',
    PublicDnsName: found.PublicDnsName ?? '',
    State: { Code: String(found.State!.Code), Name: found.State!.Name! },
    EbsOptimized: found.EbsOptimized!,
    Monitoring: found.Monitoring?.State === 'enabled',
    SourceDestCheck: found.SourceDestCheck!,
    DisableApiTermination: DisableApiTermination?.Value ?? false,
    InstanceInitiatedShutdownBehavior: InstanceInitiatedShutdownBehavior!.Value!,
    MetadataOptions: {
      ...{ HttpEndpoint, HttpTokens, HttpPutResponseHopLimit, InstanceMetadataTags },
    },
    ...(found.IamInstanceProfile?.Arn && {
      IamInstanceProfile: profileName(found.IamInstanceProfile.Arn),
    }),
    ...(found.KeyName !== undefined && { KeyName: found.KeyName }),
    ...(UserData?.Value !== undefined && { UserData: UserData.Value }),
    ...(Tags && { Tags }),
  };
}
