import { operation, type Realization } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { arnOf } from '../../../kernel/arn.ts';
import { takesInterfaces } from '../domain/data-plane/carried.ts';
import { reservations } from '../domain/instances/reservations.ts';
import { withTemplate } from '../domain/launch-templates/launch.ts';
import { placeOrder } from '../domain/launch/order.ts';
import { planLaunch, type LaunchPlan } from '../domain/launch/plan.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

// https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html
const MAX_TOKEN_LENGTH = 64;

/** Answers as soon as the order is on disk; `domain/machines/` brings the machines to life. */
export const runInstances = operation(model.RunInstances, {
  authorize: (_, { caller }: Ec2Scope) => ({
    action: 'ec2:RunInstances',
    resource: arnOf(caller, 'ec2', 'instance/*'),
  }),
  async handle(input, scope) {
    const { ClientToken, DryRun, ...request } = input;
    if (ClientToken && ClientToken.length > MAX_TOKEN_LENGTH) {
      throw errors.invalidValue(
        ClientToken,
        'clientToken',
        `At most ${MAX_TOKEN_LENGTH} characters.`,
      );
    }
    const launch = await withTemplate(input, scope);
    const plan = await planLaunch(launch.request, launch.marks, scope);
    scope.realize(realizationOf(plan, scope));
    if (DryRun) throw errors.dryRun();
    const idempotency = ClientToken ? { token: ClientToken, request } : undefined;
    const launched = await placeOrder(plan, idempotency, scope);
    const [reservation] = await reservations(launched, scope);
    return reservation ?? { Instances: [], Groups: [], OwnerId: scope.caller.account };
  },
});

/** Further interfaces are recorded where the driver's machines take none. */
function realizationOf({ driver, network }: LaunchPlan, scope: Ec2Scope): Realization {
  const isWhole = network.further.length === 0 || takesInterfaces(scope, { driver: driver.name });
  return isWhole || driver.realization === 'mock' ? driver.realization : 'recorded';
}
