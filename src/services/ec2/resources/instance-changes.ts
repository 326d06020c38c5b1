import { isDeepStrictEqual } from 'node:util';
import type {
  Instance as Described,
  ModifyInstanceAttributeRequest,
  ModifyInstanceMetadataOptionsRequest,
} from '@aws-sdk/client-ec2';
import type { ResourceContext } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import { instanceType } from '../domain/instance-types/instance-types.ts';
import { defaultType } from '../domain/launch/choose-type.ts';
import { defaultCredits, defaultMetadata } from '../domain/launch/settings.ts';
import type { Instance } from './instance-launch.ts';

type Attribute = Omit<ModifyInstanceAttributeRequest, 'InstanceId'>;
type MetadataOptions = Omit<ModifyInstanceMetadataOptionsRequest, 'InstanceId'>;

/** What ModifyInstanceAttribute changes of a stopped instance. */
const ONLY_STOPPED = ['InstanceType', 'UserData', 'EbsOptimized'] as const;

/** Changes what an instance need not stop for. What is no longer said goes back to its default. */
export async function changeInPlace(
  InstanceId: string,
  desired: Instance,
  previous: Instance,
  { invoke }: ResourceContext,
): Promise<void> {
  const changed = (property: keyof Instance): boolean =>
    !isDeepStrictEqual(desired[property], previous[property]);
  const describe = () => describeInstance(InstanceId, invoke);
  const modify = (attribute: Attribute) =>
    invoke(model.ModifyInstanceAttribute, { InstanceId, ...attribute });
  if (changed('DisableApiTermination')) {
    await modify({ DisableApiTermination: { Value: desired.DisableApiTermination ?? false } });
  }
  if (changed('InstanceInitiatedShutdownBehavior')) {
    const Value = desired.InstanceInitiatedShutdownBehavior ?? 'stop';
    await modify({ InstanceInitiatedShutdownBehavior: { Value } });
  }
  if (changed('IamInstanceProfile')) {
    await changeProfile(InstanceId, desired.IamInstanceProfile, invoke);
  }
  if (changed('SourceDestCheck')) {
    await modify({ SourceDestCheck: { Value: desired.SourceDestCheck ?? true } });
  }
  if (changed('SecurityGroupIds')) {
    await modify({ Groups: [...(desired.SecurityGroupIds ?? (await defaultGroup(invoke)))] });
  }
  if (changed('Monitoring')) {
    const monitoring = desired.Monitoring ? model.MonitorInstances : model.UnmonitorInstances;
    await invoke(monitoring, { InstanceIds: [InstanceId] });
  }
  if (changed('CreditSpecification')) {
    const CpuCredits = desired.CreditSpecification?.CPUCredits ?? usualCredits(await describe());
    const InstanceCreditSpecifications = [{ InstanceId, CpuCredits }];
    if (CpuCredits !== undefined) {
      await invoke(model.ModifyInstanceCreditSpecification, { InstanceCreditSpecifications });
    }
  }
  if (changed('MetadataOptions')) {
    const options = desired.MetadataOptions as MetadataOptions | undefined;
    await invoke(model.ModifyInstanceMetadataOptions, {
      ...{ InstanceId, ...(await usualMetadata((await describe()).ImageId, invoke)), ...options },
    });
  }
}

async function changeProfile(
  InstanceId: string,
  Name: string | undefined,
  invoke: ResourceContext['invoke'],
): Promise<void> {
  const Filters = [{ Name: 'instance-id', Values: [InstanceId] }];
  const { IamInstanceProfileAssociations: [before] = [] } = await invoke(
    model.DescribeIamInstanceProfileAssociations,
    { Filters },
  );
  const AssociationId = before?.AssociationId;
  const IamInstanceProfile = { Name };
  if (AssociationId && Name) {
    const replacement = { AssociationId, IamInstanceProfile };
    await invoke(model.ReplaceIamInstanceProfileAssociation, replacement);
  } else if (AssociationId) await invoke(model.DisassociateIamInstanceProfile, { AssociationId });
  else if (Name) {
    await invoke(model.AssociateIamInstanceProfile, { InstanceId, IamInstanceProfile });
  }
}

/** Stops the instance for what can be changed only then, and starts it again. */
export async function changeStopped(
  InstanceId: string,
  desired: Instance,
  previous: Instance,
  { invoke, until }: ResourceContext,
): Promise<void> {
  if (ONLY_STOPPED.every((name) => isDeepStrictEqual(desired[name], previous[name]))) return;
  const InstanceIds = [InstanceId];
  const describe = () => describeInstance(InstanceId, invoke);
  const { UserData } = await invoke(model.DescribeInstanceAttribute, {
    ...{ InstanceId, Attribute: 'userData' },
  });
  const { InstanceType, EbsOptimized, Architecture } = await describe();
  const wantedType = desired.InstanceType ?? defaultType(Architecture);
  const attributes: Attribute[] = [];
  if (wantedType !== InstanceType) {
    attributes.push({ InstanceType: { Value: wantedType } });
  }
  if ((UserData?.Value ?? '') !== (desired.UserData ?? '')) {
    attributes.push({ UserData: { Value: Buffer.from(desired.UserData ?? '', 'base64') } });
  }
  if (EbsOptimized !== (desired.EbsOptimized ?? false)) {
    attributes.push({ EbsOptimized: { Value: desired.EbsOptimized ?? false } });
  }
  if (attributes.length > 0) {
    await invoke(model.StopInstances, { InstanceIds });
    await until(async () => (await describe()).State?.Name === 'stopped');
    for (const attribute of attributes) {
      await invoke(model.ModifyInstanceAttribute, { InstanceId, ...attribute });
    }
  }
  // Also where an earlier attempt came no further than to change it.
  await invoke(model.StartInstances, { InstanceIds });
}

async function describeInstance(id: string, invoke: ResourceContext['invoke']): Promise<Described> {
  const found = await invoke(model.DescribeInstances, { InstanceIds: [id] });
  return found.Reservations![0]!.Instances![0]!;
}

async function defaultGroup(invoke: ResourceContext['invoke']): Promise<string[]> {
  const GroupNames = ['default'];
  const { SecurityGroups = [] } = await invoke(model.DescribeSecurityGroups, { GroupNames });
  return SecurityGroups.map(({ GroupId }) => GroupId!);
}

/** What an instance of its type starts with; undefined for one without credits. */
function usualCredits({ InstanceType }: Described): string | undefined {
  const type = instanceType(InstanceType!);
  return type?.BurstablePerformanceSupported ? defaultCredits(type) : undefined;
}

/** What an instance of the image starts with. */
async function usualMetadata(
  ImageId: string | undefined,
  invoke: ResourceContext['invoke'],
): Promise<MetadataOptions> {
  const { Images = [] } = await invoke(model.DescribeImages, { ImageIds: [ImageId!] });
  const { tokens, endpoint, hopLimit, tags } = defaultMetadata(Images[0]?.ImdsSupport === 'v2.0');
  return {
    ...{ HttpTokens: tokens, HttpEndpoint: endpoint, HttpPutResponseHopLimit: hopLimit },
    InstanceMetadataTags: tags,
  };
}
