import { isDeepStrictEqual } from 'node:util';
import type { ModifyInstanceAttributeRequest } from '@aws-sdk/client-ec2';
import type { ResourceContext } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import { defaultType } from '../domain/launch/choose-type.ts';
import type { Instance } from './instance-launch.ts';

type Attribute = Omit<ModifyInstanceAttributeRequest, 'InstanceId'>;

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
  const modify = (attribute: Attribute) =>
    invoke(model.ModifyInstanceAttribute, { InstanceId, ...attribute });
  if (changed('DisableApiTermination')) {
    await modify({ DisableApiTermination: { Value: desired.DisableApiTermination ?? false } });
  }
  if (changed('InstanceInitiatedShutdownBehavior')) {
    const Value = desired.InstanceInitiatedShutdownBehavior ?? 'stop';
    await modify({ InstanceInitiatedShutdownBehavior: { Value } });
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
  if (changed('CreditSpecification') && desired.CreditSpecification) {
    const { CPUCredits: CpuCredits } = desired.CreditSpecification;
    const InstanceCreditSpecifications = [{ InstanceId, CpuCredits }];
    await invoke(model.ModifyInstanceCreditSpecification, { InstanceCreditSpecifications });
  }
  if (changed('MetadataOptions') && desired.MetadataOptions) {
    const options = desired.MetadataOptions as { HttpTokens?: 'optional' | 'required' };
    await invoke(model.ModifyInstanceMetadataOptions, { InstanceId, ...options });
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
  const describe = async () =>
    (await invoke(model.DescribeInstances, { InstanceIds })).Reservations![0]!.Instances![0]!;
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

async function defaultGroup(invoke: ResourceContext['invoke']): Promise<string[]> {
  const GroupNames = ['default'];
  const { SecurityGroups = [] } = await invoke(model.DescribeSecurityGroups, { GroupNames });
  return SecurityGroups.map(({ GroupId }) => GroupId!);
}
