import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { refuseMembers } from '../domain/not-built.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { addAssociation } from '../domain/routes/associations.ts';
import * as errors from '../errors.ts';
import * as networkErrors from '../network-errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Has a subnet use a table of its own in place of its VPC's main one. */
export const associateRouteTable = operation(model.AssociateRouteTable, {
  recorded: isOnlyRecorded,
  authorize: (input, { caller }: Ec2Scope) => [
    onResource('AssociateRouteTable', kinds.routeTable, input.RouteTableId, caller),
    onResource('AssociateRouteTable', kinds.subnet, input.SubnetId, caller),
  ],
  async handle(input, { caller, ids, networks }) {
    refuseMembers('AssociateRouteTable', input, ['GatewayId', 'PublicIpv4Pool']);
    if (!input.RouteTableId) throw errors.missingParameter('routeTableId');
    if (!input.SubnetId) throw errors.missingParameter('subnetId');
    const { RouteTableId, SubnetId } = input;
    const AssociationId = ids.resource('rtbassoc');
    await networks.change(caller, async (draft) => {
      const table = await draft.find('route-table', RouteTableId);
      const subnet = await draft.find('subnet', SubnetId);
      if (table.VpcId !== subnet.VpcId) {
        throw networkErrors.belongApart(`Route table ${RouteTableId}`, `subnet ${SubnetId}`);
      }
      const tables = await draft.inVpc('route-table', table.VpcId ?? '');
      const isTaken = tables.some(({ Associations }) =>
        Associations?.some((association) => association.SubnetId === SubnetId),
      );
      if (isTaken) throw networkErrors.tableIsAssociated(RouteTableId);
      addAssociation(draft, table, {
        Main: false,
        RouteTableAssociationId: AssociationId,
        SubnetId,
      });
    });
    return { AssociationId, AssociationState: { State: 'associated' as const } };
  },
});
