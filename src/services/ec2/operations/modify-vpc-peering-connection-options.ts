import type {
  PeeringConnectionOptionsRequest,
  VpcPeeringConnectionVpcInfo,
} from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { checkTransition } from '../domain/peering/peering.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Sets what each side lets the other resolve, once they are connected. */
export const modifyVpcPeeringConnectionOptions = operation(
  model.ModifyVpcPeeringConnectionOptions,
  {
    recorded: true,
    authorize: (input, { caller }: Ec2Scope) =>
      onResource(
        'ModifyVpcPeeringConnectionOptions',
        kinds.vpcPeeringConnection,
        input.VpcPeeringConnectionId,
        caller,
      ),
    async handle(input, { caller, clock, networks }) {
      const { VpcPeeringConnectionId: id } = input;
      const { RequesterPeeringConnectionOptions, AccepterPeeringConnectionOptions } = input;
      if (!id) throw errors.missingParameter('vpcPeeringConnectionId');
      return networks.change(caller, async (draft) => {
        const connection = await draft.find('vpc-peering-connection', id);
        checkTransition(connection, ['active'], 'active', clock.now());
        const RequesterVpcInfo = withOptions(
          connection.RequesterVpcInfo,
          RequesterPeeringConnectionOptions,
        );
        const AccepterVpcInfo = withOptions(
          connection.AccepterVpcInfo,
          AccepterPeeringConnectionOptions,
        );
        draft.put('vpc-peering-connection', { ...connection, RequesterVpcInfo, AccepterVpcInfo });
        return {
          RequesterPeeringConnectionOptions: RequesterVpcInfo.PeeringOptions,
          AccepterPeeringConnectionOptions: AccepterVpcInfo.PeeringOptions,
        };
      });
    },
  },
);

function withOptions(
  side: VpcPeeringConnectionVpcInfo = {},
  change: PeeringConnectionOptionsRequest = {},
): VpcPeeringConnectionVpcInfo {
  return { ...side, PeeringOptions: { ...side.PeeringOptions, ...change } };
}
