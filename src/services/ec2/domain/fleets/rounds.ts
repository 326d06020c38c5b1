import type { Log } from '../../../../kernel/log.ts';
import type { Ec2 } from '../../scope.ts';
import { RETRY_MS, Rounds } from '../rounds.ts';
import { isDeleted, isInstant, isVisible } from './fleet.ts';
import { settleFleet, terminateRest } from './settle.ts';

/** Brings fleets that are not instant in line with their targets, and keeps those of the type maintain there. */
export function fleetRounds(ec2: Ec2, log: Log): Rounds {
  const { fleets, clock } = ec2;
  return new Rounds(
    {
      name: 'ec2:fleets',
      watched: ['instance', fleets.kind.type],
      async run(isStopped) {
        let isLacking = false;
        for await (const fleet of fleets.everywhere()) {
          if (isStopped()) break;
          if (isInstant(fleet) || !isVisible(fleet, clock.now())) continue;
          if (isDeleted(fleet)) await terminateRest(fleet, ec2);
          else if ((await settleFleet(fleet, ec2)) === 'lacking') isLacking = true;
        }
        return isLacking ? clock.now() + RETRY_MS : Infinity;
      },
    },
    { ...ec2, log },
  );
}
