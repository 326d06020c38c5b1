import type { Instance as Described } from '@aws-sdk/client-ec2';
import { resourceType, type ResourceContext } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import * as errors from '../errors.ts';
import { changeInPlace, changeStopped } from './instance-changes.ts';
import { launchRequest } from './instance-launch.ts';
import { shownInstance } from './instance-shown.ts';
import { unless } from './refusals.ts';
import { updateTags } from './tags.ts';

const NOT_FOUND = 'InvalidInstanceID.NotFound';

/** Of those that the schema says may replace an instance, the ones that do not where its root is a volume. */
const IN_PLACE: ReadonlySet<string> = new Set([
  'EbsOptimized',
  'IamInstanceProfile',
  'InstanceType',
  'SecurityGroupIds',
  'UserData',
]);

export const instance = resourceType('AWS::EC2::Instance', {
  properties: [
    'AvailabilityZone',
    'BlockDeviceMappings',
    'CreditSpecification',
    'DisableApiTermination',
    'EbsOptimized',
    'IamInstanceProfile',
    'ImageId',
    'Ipv6AddressCount',
    'Ipv6Addresses',
    'InstanceInitiatedShutdownBehavior',
    'InstanceType',
    'KeyName',
    'LaunchTemplate',
    'MetadataOptions',
    'Monitoring',
    'NetworkInterfaces',
    'PlacementGroupName',
    'PrivateIpAddress',
    'PropagateTagsToVolumeOnCreation',
    'SecurityGroupIds',
    'SecurityGroups',
    'SourceDestCheck',
    'SubnetId',
    'Tags',
    'Tenancy',
    'UserData',
  ],

  async create(desired, context) {
    const { Instances } = await context.invoke(model.RunInstances, launchRequest(desired, context));
    const InstanceId = Instances![0]!.InstanceId!;
    if (desired.SourceDestCheck === false) {
      const SourceDestCheck = { Value: false };
      await context.invoke(model.ModifyInstanceAttribute, { InstanceId, SourceDestCheck });
    }
    return InstanceId;
  },

  stabilize: (id, context) =>
    context.until(async () => {
      const found = await describe(id, context);
      const state = found?.State?.Name;
      if (state === 'shutting-down' || state === 'terminated' || !found) {
        throw errors.instanceLost(id, found?.StateReason?.Message ?? 'It does not exist.');
      }
      return state === 'running' || state === 'stopped';
    }),

  async read(id, context) {
    const found = await describe(id, context);
    const state = found?.State?.Name;
    if (!found || state === 'shutting-down' || state === 'terminated') return undefined;
    return shownInstance(found, context);
  },

  async update(id, desired, previous, context) {
    // Its type first: credits are of one type and not of another.
    await changeStopped(id, desired, previous, context);
    await changeInPlace(id, desired, previous, context);
    await updateTags(id, desired.Tags, context);
  },

  replaces: (property) => !IN_PLACE.has(property),

  async delete(id, context) {
    await unless(NOT_FOUND, context.invoke(model.TerminateInstances, { InstanceIds: [id] }));
    await context.until(async () => {
      const found = await describe(id, context);
      return !found || found.State?.Name === 'terminated';
    });
  },

  async list({ invoke }) {
    const ids: string[] = [];
    let NextToken: string | undefined;
    do {
      const page = await invoke(model.DescribeInstances, { NextToken });
      for (const { Instances = [] } of page.Reservations ?? []) {
        const there = Instances.filter(
          ({ State }) => State?.Name !== 'terminated' && State?.Name !== 'shutting-down',
        );
        ids.push(...there.map(({ InstanceId }) => InstanceId!));
      }
      ({ NextToken } = page);
    } while (NextToken);
    return ids;
  },
});

async function describe(id: string, { invoke }: ResourceContext): Promise<Described | undefined> {
  const found = await unless(NOT_FOUND, invoke(model.DescribeInstances, { InstanceIds: [id] }));
  return found?.Reservations?.[0]?.Instances?.[0];
}
