import type { Vpc } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { isAnyOverlapping } from '../domain/network/cidr-rules.ts';
import {
  ACCEPTABLE_MS,
  isOpen,
  isPeerOf,
  sideOf,
  wirePeering,
  type PeeringRecord,
} from '../domain/peering/peering.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { tagsOfNew, wireTags } from '../domain/tags.ts';
import * as errors from '../errors.ts';
import * as networkErrors from '../network-errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Asks for a connection of two VPCs of one account and region, to be accepted within a week. */
export const createVpcPeeringConnection = operation(model.CreateVpcPeeringConnection, {
  recorded: isOnlyRecorded,
  authorize: (input, { caller }: Ec2Scope) => [
    onResource('CreateVpcPeeringConnection', kinds.vpcPeeringConnection, undefined, caller),
    onResource('CreateVpcPeeringConnection', kinds.vpc, input.VpcId, caller),
  ],
  async handle(input, { caller, clock, ids, networks }) {
    if (!input.VpcId) throw errors.missingParameter('vpcId');
    if (!input.PeerVpcId) throw errors.missingParameter('peerVpcId');
    const { VpcId, PeerVpcId, PeerOwnerId = caller.account, PeerRegion = caller.region } = input;
    if (PeerOwnerId !== caller.account || PeerRegion !== caller.region) {
      throw errors.unsupported('Alacarte peers VPCs of one account and region only.');
    }
    const tags = tagsOfNew(caller, kinds.vpcPeeringConnection, input.TagSpecifications);
    const now = clock.now();
    const made = await networks.change(caller, async (draft) => {
      const requester = await draft.find('vpc', VpcId);
      const accepter = await draft.find('vpc', PeerVpcId);
      const open = (await draft.list('vpc-peering-connection')).find(
        (each) => isOpen(each, now) && isPeerOf(each, VpcId) && isPeerOf(each, PeerVpcId),
      );
      if (open) throw networkErrors.peeringExists(open.VpcPeeringConnectionId);
      const connection: PeeringRecord = {
        VpcPeeringConnectionId: ids.resource('pcx'),
        RequesterVpcInfo: sideOf(requester, caller),
        AccepterVpcInfo: sideOf(accepter, caller),
        expiresAtMs: now + ACCEPTABLE_MS,
        ...outcome(requester, accepter, now),
      };
      return draft.create('vpc-peering-connection', connection, tags);
    });
    const shown = wirePeering({ ...made, code: 'initiating-request' }, now);
    return { VpcPeeringConnection: { ...shown, Tags: wireTags(tags) } };
  },
});

/** AWS takes the request and fails it later where the VPCs' addresses overlap. */
function outcome(
  requester: Vpc,
  accepter: Vpc,
  now: number,
): Pick<PeeringRecord, 'code' | 'endedAtMs'> {
  return isAnyOverlapping(requester, accepter)
    ? { code: 'failed', endedAtMs: now }
    : { code: 'pending-acceptance' };
}
