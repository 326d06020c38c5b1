import { isDeepStrictEqual } from 'node:util';
import type { ModifyInstanceAttributeRequest } from '@aws-sdk/client-ec2';
import type { ResourceContext } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Instance } from './instance-launch.ts';

type Attribute = Omit<ModifyInstanceAttributeRequest, 'InstanceId'>;

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
  const userData = desired.UserData ?? '';
  const optimized = desired.EbsOptimized ?? false;
  if (userData === (previous.UserData ?? '') && optimized === (previous.EbsOptimized ?? false)) {
    return;
  }
  const InstanceIds = [InstanceId];
  const describe = async () =>
    (await invoke(model.DescribeInstances, { InstanceIds })).Reservations![0]!.Instances![0]!;
  const { UserData } = await invoke(model.DescribeInstanceAttribute, {
    ...{ InstanceId, Attribute: 'userData' },
  });
  const attributes: Attribute[] = [];
  if ((UserData?.Value ?? '') !== userData) {
    attributes.push({ UserData: { Value: Buffer.from(userData, 'base64') } });
  }
  if ((await describe()).EbsOptimized !== optimized) {
    attributes.push({ EbsOptimized: { Value: optimized } });
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
