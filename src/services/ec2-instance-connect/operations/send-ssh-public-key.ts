import { arnOf } from '../../../kernel/arn.ts';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2-instance-connect.ts';
import { withSentKey } from '../../ec2/domain/instances/sent-keys.ts';
import { authorizedKey, parsePublicKey } from '../../ec2/domain/key-pairs/public-key.ts';
import { realizationOf } from '../../ec2/domain/machines/realization.ts';
import * as errors from '../errors.ts';
import type { InstanceConnectScope } from '../scope.ts';

/** The key is offered by the instance's metadata: that it lets anybody in is the image's business. */
export const sendSSHPublicKey = operation(model.SendSSHPublicKey, {
  authorize: ({ InstanceId }, { caller }: InstanceConnectScope) => ({
    action: 'ec2-instance-connect:SendSSHPublicKey',
    resource: arnOf(caller, 'ec2', `instance/${InstanceId}`),
  }),
  async handle(input, { caller, clock, compute, instances, realize, requestId }) {
    const { InstanceId: id = '', InstanceOSUser: user = '', AvailabilityZone: zone } = input;
    // Says who sent it, as AWS does beside the key.
    const line = authorizedKey(readKey(input.SSHPublicKey ?? ''), caller.principal.arn);
    const after = await instances.update({ ...caller, id }, (now) => {
      if (zone !== undefined && zone !== now.network.zone) throw errors.otherZone(zone);
      if (now.state !== 'running') throw errors.instanceStateInvalid();
      return withSentKey(now, { user, line }, clock.now());
    });
    if (!after) throw errors.instanceNotFound();
    realize(realizationOf(compute.driver, [after]));
    return { RequestId: requestId, Success: true };
  },
});

function readKey(text: string) {
  try {
    return parsePublicKey(Buffer.from(text));
  } catch (cause) {
    throw errors.invalidKey(cause);
  }
}
