import type {
  CapacityReservationSpecification,
  CapacityReservationSpecificationResponse,
} from '@aws-sdk/client-ec2';
import * as errors from '../../errors.ts';
import type { Ec2Scope } from '../../scope.ts';
import { oneOf } from '../launch/settings.ts';
import type { ReservationChoice } from './allot.ts';
import { checkActive } from './reservation.ts';

const PREFERENCES = ['open', 'none', 'capacity-reservations-only'] as const;

/**
 * Which reservations an instance shall run in; undefined where nothing is said.
 *
 * @throws InvalidCapacityReservationId.NotFound, InvalidCapacityReservationState,
 * InvalidParameterCombination, InvalidParameterValue, UnsupportedOperation
 */
export async function chooseReservation(
  asked: CapacityReservationSpecification | undefined,
  {
    caller,
    capacityReservations,
    clock,
  }: Pick<Ec2Scope, 'caller' | 'capacityReservations' | 'clock'>,
): Promise<ReservationChoice | undefined> {
  const { CapacityReservationPreference: given, CapacityReservationTarget: named } = asked ?? {};
  const preference = given && oneOf(PREFERENCES, given, 'CapacityReservationPreference');
  if (!named) return preference && { preference };
  if (preference !== undefined && preference !== 'capacity-reservations-only') {
    throw errors.combination(
      `CapacityReservationTarget cannot be specified with the preference '${preference}'.`,
    );
  }
  const { CapacityReservationId: target, CapacityReservationResourceGroupArn: group } = named;
  if (group !== undefined) {
    throw errors.unsupported('Alacarte does not support groups of capacity reservations yet.');
  }
  if (!target) throw errors.missingParameter('CapacityReservationId');
  checkActive(await capacityReservations.find(caller, target), clock.now());
  return { target };
}

export function wireChoice(
  choice: ReservationChoice = { preference: 'open' },
): CapacityReservationSpecificationResponse {
  if ('preference' in choice) return { CapacityReservationPreference: choice.preference };
  return { CapacityReservationTarget: { CapacityReservationId: choice.target } };
}
