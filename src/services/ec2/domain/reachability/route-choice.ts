import type { Route, RouteTable } from '@aws-sdk/client-ec2';
import { blocksOfList, type Network } from './network.ts';
import { ALL_ADDRESSES, common, except, ofBlocks, union, type Ranges } from './ranges.ts';

/** A route, and the addresses that it takes and no other. */
export interface Choice {
  readonly route: Route;
  readonly takes: Ranges;
}

/**
 * What each route of a table takes: the longest prefix wins, then the order below.
 * https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html
 */
export function choicesOf({ Routes = [] }: RouteTable, network: Network): Choice[] {
  const ranked = Routes.flatMap((route) =>
    destinations(route, network).map((block) => ({ route, block, prefix: prefixOf(block) })),
  ).toSorted((one, other) => other.prefix - one.prefix || rank(one.route) - rank(other.route));
  const taken = new Map<Route, Ranges[]>();
  let rest = ALL_ADDRESSES;
  for (const { route, block } of ranked) {
    const addresses = ofBlocks([block]);
    taken.set(route, [...(taken.get(route) ?? []), common(rest, addresses)]);
    rest = except(rest, addresses);
  }
  return [...taken].map(([route, all]) => ({ route, takes: union(all) }));
}

function destinations(route: Route, network: Network): string[] {
  if (route.DestinationCidrBlock) return [route.DestinationCidrBlock];
  return blocksOfList(route.DestinationPrefixListId, network);
}

function prefixOf(block: string): number {
  return Number(block.split('/')[1]);
}

function rank({ GatewayId, Origin, DestinationPrefixListId }: Route): number {
  if (GatewayId === 'local') return 0;
  if (DestinationPrefixListId) return 2;
  return Origin === 'EnableVgwRoutePropagation' ? 3 : 1;
}
