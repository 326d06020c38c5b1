import type { ResourceContext } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';

/** A resource that is between a table and something else has both in its identifier. */
export function pairOf(identifier: string): [tableId: string, other: string] {
  const [table = '', other = ''] = identifier.split('|');
  return [table, other];
}

/** The identifiers of what is between each of the caller's tables and something else. */
export async function pairs(
  { invoke }: ResourceContext,
  othersOf: (tableId: string) => Promise<readonly (string | undefined)[]>,
): Promise<string[]> {
  const answer = await invoke(model.DescribeTransitGatewayRouteTables, {});
  const { TransitGatewayRouteTables = [] } = answer;
  const found = TransitGatewayRouteTables.map(async ({ TransitGatewayRouteTableId: id = '' }) =>
    (await othersOf(id)).map((other) => `${id}|${other}`),
  );
  return (await Promise.all(found)).flat();
}
