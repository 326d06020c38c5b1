import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { zoneGroup, zonesOf } from '../domain/regions.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Every group of zones is opted in here: they cannot be opted out of without AWS Support. */
export const modifyAvailabilityZoneGroup = operation(model.ModifyAvailabilityZoneGroup, {
  recorded: true,
  handle({ GroupName, OptInStatus }, { caller }: Ec2Scope) {
    if (!GroupName) throw errors.missingParameter('GroupName');
    if (!OptInStatus) throw errors.missingParameter('OptInStatus');
    if (!zonesOf(caller.region).some((zone) => zoneGroup(zone) === GroupName)) {
      throw errors.invalidValue(GroupName, 'GroupName', 'There is no such zone group.');
    }
    if (OptInStatus !== 'opted-in') {
      throw errors.invalidValue(OptInStatus, 'OptInStatus', 'The only valid value is opted-in.');
    }
    return { Return: true };
  },
});
