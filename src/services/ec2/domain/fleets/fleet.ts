import type {
  CreateFleetError,
  CreateFleetInstance,
  CreateFleetRequest,
  FleetData,
  FleetStateCode,
} from '@aws-sdk/client-ec2';

/** An instant fleet with what came of its launches. */
export interface FleetRecord {
  readonly id: string;
  readonly createdAtMs: number;
  readonly clientToken?: string;
  readonly state: FleetStateCode;
  readonly request: Omit<CreateFleetRequest, 'DryRun' | 'ClientToken' | 'TagSpecifications'>;
  /** Absent until its launches are done. */
  readonly outcome?: FleetOutcome;
}

export interface FleetOutcome {
  readonly instances: readonly CreateFleetInstance[];
  readonly errors: readonly CreateFleetError[];
  /** In the units of its target. */
  readonly fulfilled: number;
}

/** A fleet as DescribeFleets shows it, without tags. */
export function wireFleet({
  id,
  createdAtMs,
  clientToken,
  state,
  request,
  outcome,
}: FleetRecord): FleetData {
  const { LaunchTemplateConfigs, OnDemandOptions, SpotOptions } = request;
  return {
    FleetId: id,
    FleetState: state,
    CreateTime: new Date(createdAtMs),
    Type: 'instant',
    ActivityStatus: outcome && outcome.errors.length > 0 ? 'error' : 'fulfilled',
    ...(clientToken !== undefined && { ClientToken: clientToken }),
    ExcessCapacityTerminationPolicy: request.ExcessCapacityTerminationPolicy ?? 'termination',
    TerminateInstancesWithExpiration: request.TerminateInstancesWithExpiration ?? false,
    ReplaceUnhealthyInstances: request.ReplaceUnhealthyInstances ?? false,
    FulfilledCapacity: outcome?.fulfilled ?? 0,
    FulfilledOnDemandCapacity: outcome?.fulfilled ?? 0,
    TargetCapacitySpecification: {
      SpotTargetCapacity: 0,
      ...request.TargetCapacitySpecification,
      TotalTargetCapacity: request.TargetCapacitySpecification?.TotalTargetCapacity ?? 0,
    },
    LaunchTemplateConfigs,
    OnDemandOptions: { AllocationStrategy: 'lowest-price', ...OnDemandOptions },
    ...(SpotOptions && { SpotOptions }),
    Instances: outcome ? [...outcome.instances] : [],
    Errors: outcome ? [...outcome.errors] : [],
  };
}
