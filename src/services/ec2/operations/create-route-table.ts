import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { createOnce } from '../domain/network/create-once.ts';
import { newRouteTable } from '../domain/network/new-vpc.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { tagsOfNew, wireTags } from '../domain/tags.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** A table with the VPC's local routes, which no subnet uses yet. */
export const createRouteTable = operation(model.CreateRouteTable, {
  recorded: isOnlyRecorded,
  authorize: (_, { caller }: Ec2Scope) =>
    onResource('CreateRouteTable', kinds.routeTable, undefined, caller),
  async handle(input, scope) {
    const { caller, ids } = scope;
    if (!input.VpcId) throw errors.missingParameter('vpcId');
    const { VpcId, ClientToken } = input;
    const tags = tagsOfNew(caller, kinds.routeTable, input.TagSpecifications);
    const table = await createOnce(scope, 'route-table', input, async (draft) => {
      const vpc = await draft.find('vpc', VpcId);
      return draft.create('route-table', newRouteTable({ draft, place: caller, ids }, vpc), tags);
    });
    return { RouteTable: { ...table, Tags: wireTags(tags) }, ClientToken };
  },
});
