import { AwsError } from '../../../../kernel/aws-error.ts';
import type { Log } from '../../../../kernel/log.ts';
import type { Ec2 } from '../../scope.ts';
import { RETRY_MS, Rounds } from '../rounds.ts';
import { fulfilRequest, type Outcome } from './evaluate.ts';
import type { SpotRequestRecord } from './request.ts';

/**
 * Launches what Spot requests ask for: those that are open, whose time has come, and persistent ones
 * whose instance is gone.
 */
export function spotRounds(ec2: Ec2, log: Log): Rounds {
  const { spotRequests, clock } = ec2;
  return new Rounds(
    {
      name: 'ec2:spot',
      watched: ['instance', spotRequests.kind.type],
      async run(isStopped) {
        let nextMs = Infinity;
        for await (const request of spotRequests.everywhere()) {
          if (isStopped()) break;
          const outcome = await evaluate(request, ec2);
          if (outcome === 'no capacity') nextMs = Math.min(nextMs, clock.now() + RETRY_MS);
          if (typeof outcome === 'object') nextMs = Math.min(nextMs, outcome.notBeforeMs);
        }
        return nextMs;
      },
    },
    { ...ec2, log },
  );
}

async function evaluate(request: SpotRequestRecord, ec2: Ec2): Promise<Outcome> {
  try {
    return await fulfilRequest(request, ec2);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    // Nothing that waiting helps: a group was deleted, an image deregistered.
    const fault = { Code: error.code, Message: error.message };
    const failed = { state: 'failed', code: 'bad-parameters', fault } as const;
    await ec2.spotRequests.update(request, request.id, (now) =>
      now.state === request.state ? { ...now, ...failed, atMs: ec2.clock.now() } : now,
    );
    return 'settled';
  }
}
