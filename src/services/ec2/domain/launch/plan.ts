import { cpuOptionsAsked, type CpuOptions } from '../instances/cpu-options.ts';
import type { InstanceTypeInfo, RunInstancesRequest } from '@aws-sdk/client-ec2';
import type { Driver } from '../../../../compute/driver.ts';
import type { Ec2Scope } from '../../scope.ts';
import * as errors from '../../errors.ts';
import type { ReservationChoice } from '../capacity-reservations/allot.ts';
import { chooseReservation } from '../capacity-reservations/choice.ts';
import { chooseHost, type HostPlacement } from '../hosts/placement.ts';
import type { RegionalImage } from '../images/images.ts';
import type { Instance, InstanceSettings } from '../instances/instance.ts';
import type { KeyPair } from '../key-pairs/key-pairs.ts';
import { choosePlacement, type PlacementPlan } from '../placement-groups/placement.ts';
import { profileArn } from '../profiles/profile.ts';
import { kinds } from '../resource-kinds.ts';
import { specificationOf, type SpotPlan } from '../spot/fulfil.ts';
import { termsOfLaunch } from '../spot/terms.ts';
import { checkTaggedTypes, tagsFor } from '../tags.ts';
import { capacityFor } from './capacity.ts';
import { checkBootable, checkLaunchable, chooseImage } from './choose-image.ts';
import { chooseDriver } from './choose-driver.ts';
import { chooseNetwork, type NetworkPlan } from './choose-network.ts';
import { chooseType } from './choose-type.ts';
import { planSettings } from './settings.ts';
import { refuseUnsupported } from './unsupported.ts';
import { checkUserData } from './user-data.ts';
import { planVolumes, type VolumePlan } from './volumes.ts';

/** A launch that has been checked: everything but identifiers and addresses. */
export interface LaunchPlan {
  readonly image: RegionalImage;
  readonly driver: Driver;
  readonly type: InstanceTypeInfo;
  readonly cpu?: CpuOptions;
  readonly key?: KeyPair;
  readonly network: NetworkPlan;
  /** The ARN of its instance profile. */
  readonly profile?: string;
  readonly placement?: PlacementPlan;
  readonly host?: HostPlacement;
  readonly reservation?: ReservationChoice;
  readonly spot?: SpotPlan;
  readonly fleet?: Instance['fleet'];
  readonly volumes: readonly VolumePlan[];
  readonly settings: InstanceSettings;
  readonly userData?: string;
  readonly minCount: number;
  /** As many as were asked for and the host carries; at least `minCount`. */
  readonly maxCount: number;
  /** Whether the host carries `minCount`. Where it does not, only a repeated request is answered. */
  readonly fits: boolean;
  readonly tags: {
    readonly instance: Record<string, string>;
    readonly volume: Record<string, string>;
    readonly networkInterface: Record<string, string>;
  };
}

const MAX_INSTANCES = 1000;

/**
 * Checks a RunInstances request and resolves what it names. Throws AWS's error for what is wrong.
 *
 * @param marks tags of AWS's own that the instances get
 */
export async function planLaunch(
  input: RunInstancesRequest,
  marks: Readonly<Record<string, string>>,
  scope: Ec2Scope,
): Promise<LaunchPlan> {
  const { caller, invoke, keyPairs, compute, settings, images, snapshots } = scope;
  refuseUnsupported(input);
  const { minCount, maxCount } = counts(input);
  const image = await chooseImage(caller, invoke, input.ImageId, images);
  checkTaggedTypes(input.TagSpecifications, [
    ...[kinds.instance, kinds.volume, kinds.networkInterface],
    ...(input.InstanceMarketOptions ? [kinds.spotInstancesRequest] : []),
  ]);
  const tags = tagsFor(caller, kinds.instance, input.TagSpecifications);
  const driver = await chooseDriver(tags, compute);
  await checkBootable(image, driver);
  const type = chooseType(input.InstanceType, image.image);
  const cpu = cpuOptionsAsked(input.CpuOptions ?? {}, type);
  const key = input.KeyName ? await keyPairs.get(caller, input.KeyName) : undefined;
  if (input.KeyName && !key) throw errors.keyPairNotFound(input.KeyName);
  const userData = checkUserData(input.UserData);
  const profile = profileArn(input.IamInstanceProfile, caller);
  const account = await settings.get(caller);
  await checkLaunchable(image, account, scope);
  const capacity = await capacityFor(driver, type, scope);
  const network = await chooseNetwork(input, type, scope);
  const zone = network.subnet.AvailabilityZone ?? '';
  const placement = await choosePlacement(input.Placement, type, zone, scope);
  const host = await chooseHost(
    input.Placement,
    { instanceType: type.InstanceType ?? '', zone },
    scope,
  );
  const reservation = await chooseReservation(input.CapacityReservationSpecification, scope);
  const terms = termsOfLaunch(input, type, scope.clock.now());
  return {
    image,
    driver,
    type,
    ...(cpu && { cpu }),
    ...(key && { key }),
    network,
    ...(profile !== undefined && { profile }),
    ...(placement && { placement }),
    ...(host && { host }),
    ...(reservation && { reservation }),
    ...(terms && {
      spot: {
        terms,
        specification: specificationOf(input, image.image.ImageId, type.InstanceType ?? ''),
        tags: tagsFor(caller, kinds.spotInstancesRequest, input.TagSpecifications),
      },
    }),
    volumes: await planVolumes(image.image, input.BlockDeviceMappings, account, {
      ...{ driver, compute, nowMs: scope.clock.now() },
      snapshot: (id) => snapshots.find(id, caller),
    }),
    settings: planSettings(input, image, type, account),
    ...(userData && { userData }),
    minCount,
    maxCount: Math.max(minCount, Math.min(maxCount, capacity)),
    fits: capacity >= minCount,
    tags: {
      instance: { ...tags, ...marks },
      volume: tagsFor(caller, kinds.volume, input.TagSpecifications),
      networkInterface: tagsFor(caller, kinds.networkInterface, input.TagSpecifications),
    },
  };
}

function counts({ MinCount, MaxCount }: RunInstancesRequest): {
  minCount: number;
  maxCount: number;
} {
  if (MinCount === undefined) throw errors.missingParameter('MinCount');
  if (MaxCount === undefined) throw errors.missingParameter('MaxCount');
  if (MinCount < 1)
    throw errors.invalidValue(MinCount, 'MinCount', 'Expected a value of at least 1.');
  if (MaxCount < MinCount) {
    throw errors.combination(
      `The value of MaxCount (${MaxCount}) must not be less than MinCount (${MinCount}).`,
    );
  }
  if (MinCount > MAX_INSTANCES) throw errors.instanceLimit(MinCount, MAX_INSTANCES);
  return { minCount: MinCount, maxCount: Math.min(MaxCount, MAX_INSTANCES) };
}
