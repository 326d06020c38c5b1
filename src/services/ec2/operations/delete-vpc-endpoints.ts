import type { UnsuccessfulItem } from '@aws-sdk/client-ec2';
import { AwsError } from '../../../kernel/aws-error.ts';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { withoutCards } from '../domain/endpoints/cards.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Deletes those that are there, and says of each other why not. Its routes and interfaces go too. */
export const deleteVpcEndpoints = operation(model.DeleteVpcEndpoints, {
  recorded: isOnlyRecorded,
  authorize: (input, { caller }: Ec2Scope) =>
    (input.VpcEndpointIds ?? []).map((id) =>
      onResource('DeleteVpcEndpoints', kinds.vpcEndpoint, id, caller),
    ),
  async handle(input, scope) {
    const ids = [...new Set(input.VpcEndpointIds)];
    if (ids.length === 0) throw errors.missingParameter('VpcEndpointId');
    const Unsuccessful = await scope.networks.change(scope.caller, async (draft) => {
      const refused: UnsuccessfulItem[] = [];
      for (const id of ids) {
        try {
          const endpoint = await draft.find('vpc-endpoint', id);
          const subnetIds = endpoint.cards.map((card) => card.SubnetId);
          withoutCards(draft, endpoint, subnetIds, scope);
          draft.remove('vpc-endpoint', id);
        } catch (error) {
          if (!(error instanceof AwsError)) throw error;
          refused.push({ ResourceId: id, Error: { Code: error.code, Message: error.message } });
        }
      }
      return refused;
    });
    return { Unsuccessful };
  },
});
