import * as errors from '../errors.ts';
import { zonesOf } from './regions.ts';

/** What names a zone in a request. */
export interface NamesZone {
  readonly AvailabilityZone?: string | undefined;
  readonly AvailabilityZoneId?: string | undefined;
}

/** @throws MissingParameter, InvalidParameterCombination, InvalidParameterValue */
export function namedZone(
  { AvailabilityZone, AvailabilityZoneId }: NamesZone,
  region: string,
): { name: string; id: string } {
  if (AvailabilityZone && AvailabilityZoneId) {
    throw errors.combination(
      'You may specify AvailabilityZone or AvailabilityZoneId, but not both.',
    );
  }
  const named = AvailabilityZone ?? AvailabilityZoneId;
  if (!named) throw errors.missingParameter('AvailabilityZone');
  const zone = zonesOf(region).find(({ name, id }) =>
    AvailabilityZone ? name === AvailabilityZone : id === AvailabilityZoneId,
  );
  if (!zone) throw errors.invalidParameter(`Invalid availability zone: [${named}]`);
  return { name: zone.name, id: zone.id };
}
