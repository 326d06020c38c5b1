import type { CreateFleetRequest, FleetData } from '@aws-sdk/client-ec2';
import { resourceType, type ResourceContext } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import { unless } from './refusals.ts';
import { shownTags, specification } from './tags.ts';

const TYPE = 'fleet';
const NOT_FOUND = 'InvalidFleetId.NotFound';

export const ec2Fleet = resourceType('AWS::EC2::EC2Fleet', {
  properties: [
    ...(['ExcessCapacityTerminationPolicy', 'LaunchTemplateConfigs', 'OnDemandOptions'] as const),
    ...(['ReplaceUnhealthyInstances', 'SpotOptions', 'TagSpecifications'] as const),
    ...(['TargetCapacitySpecification', 'TerminateInstancesWithExpiration', 'Type'] as const),
  ],

  async create({ TagSpecifications = [], ...desired }, context) {
    const own = TagSpecifications.filter(({ ResourceType }) => ResourceType === TYPE);
    const tags = own.flatMap(({ Tags = [] }) => Tags);
    const { FleetId } = await context.invoke(model.CreateFleet, {
      ...(desired as Omit<CreateFleetRequest, 'TagSpecifications'>),
      ClientToken: context.token,
      TagSpecifications: [specification(TYPE, tags, context)],
    });
    return FleetId!;
  },

  stabilize: (id, context) =>
    context.until(async () => (await describe(id, context))?.FleetState === 'active'),

  async read(id, context) {
    const found = await describe(id, context);
    if (!found || isDeleted(found)) return undefined;
    const { LaunchTemplateConfigs, TargetCapacitySpecification } = found;
    const Tags = shownTags(found.Tags);
    return {
      FleetId: id,
      Type: found.Type!,
      LaunchTemplateConfigs: LaunchTemplateConfigs as object[],
      TargetCapacitySpecification: TargetCapacitySpecification as { TotalTargetCapacity: number },
      OnDemandOptions: found.OnDemandOptions as object,
      SpotOptions: found.SpotOptions as object,
      ExcessCapacityTerminationPolicy: found.ExcessCapacityTerminationPolicy!,
      ReplaceUnhealthyInstances: found.ReplaceUnhealthyInstances!,
      TerminateInstancesWithExpiration: found.TerminateInstancesWithExpiration!,
      ...(Tags && { TagSpecifications: [{ ResourceType: TYPE, Tags }] }),
    };
  },

  async update(id, { TargetCapacitySpecification, ...desired }, _, { invoke }) {
    const policy = desired.ExcessCapacityTerminationPolicy ?? 'termination';
    await invoke(model.ModifyFleet, {
      FleetId: id,
      TargetCapacitySpecification:
        TargetCapacitySpecification as CreateFleetRequest['TargetCapacitySpecification'],
      ExcessCapacityTerminationPolicy: policy as 'termination',
    });
  },

  async delete(id, context) {
    const found = await describe(id, context);
    if (!found) return;
    if (!isDeleted(found)) {
      await context.invoke(model.DeleteFleets, { FleetIds: [id], TerminateInstances: true });
    }
    await context.until(async () => {
      const { FleetState = 'deleted' } = (await describe(id, context)) ?? {};
      return FleetState === 'deleted' || FleetState === 'deleted_running';
    });
  },

  async list({ invoke }) {
    const { Fleets = [] } = await invoke(model.DescribeFleets, {});
    return Fleets.filter((fleet) => !isDeleted(fleet)).map(({ FleetId }) => FleetId!);
  },
});

function isDeleted({ FleetState }: FleetData): boolean {
  return FleetState?.startsWith('deleted') ?? false;
}

async function describe(id: string, { invoke }: ResourceContext): Promise<FleetData | undefined> {
  const answer = invoke(model.DescribeFleets, { FleetIds: [id] });
  return (await unless(NOT_FOUND, answer))?.Fleets?.[0];
}
