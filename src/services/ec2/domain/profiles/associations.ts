import type {
  IamInstanceProfileAssociation,
  IamInstanceProfileAssociationState,
} from '@aws-sdk/client-ec2';
import * as profileErrors from '../../profile-errors.ts';
import type { Ec2Scope } from '../../scope.ts';
import type { Instance } from '../instances/instance.ts';
import { wireProfile, type InstanceProfile } from './profile.ts';

/** An instance with the profile that it has. */
export type WithProfile = Instance & { readonly profile: InstanceProfile };

export function hasProfile(instance: Instance): instance is WithProfile {
  return instance.profile !== undefined && instance.state !== 'terminated';
}

/** A profile that an instance gets now. */
export function newAssociation(
  arn: string,
  { clock, ids }: Pick<Ec2Scope, 'clock' | 'ids'>,
): InstanceProfile {
  return { arn, associatedAtMs: clock.now(), associationId: ids.resource('iip-assoc') };
}

/**
 * @throws NoSuchAssociation
 */
export async function namedAssociation(
  associationId: string,
  { caller, instances }: Ec2Scope,
): Promise<WithProfile> {
  const found = (await instances.list(caller))
    .filter(hasProfile)
    .find(({ profile }) => profile.associationId === associationId);
  if (!found) throw profileErrors.noSuchAssociation([associationId]);
  return found;
}

/**
 * Gives the instance of an association another profile, or none, if it still is as it was found.
 *
 * @throws NoSuchAssociation
 */
export async function changeAssociation(
  { profile, ...instance }: WithProfile,
  next: InstanceProfile | undefined,
  { instances }: Ec2Scope,
): Promise<void> {
  const { associationId } = profile;
  await instances.update(instance, (now) => {
    if (now.profile?.associationId !== associationId) {
      throw profileErrors.noSuchAssociation([associationId]);
    }
    const { profile: _, ...without } = now;
    return next ? { ...without, profile: next } : without;
  });
}

/** @param State on the way to the next one in answers, `associated` in what is described */
export function wireAssociation(
  { id }: Pick<Instance, 'id'>,
  profile: InstanceProfile,
  State: IamInstanceProfileAssociationState,
): IamInstanceProfileAssociation {
  return {
    AssociationId: profile.associationId,
    InstanceId: id,
    IamInstanceProfile: wireProfile(profile),
    State,
  };
}
