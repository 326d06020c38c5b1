import type { Filter, TransitGatewayRoute } from '@aws-sdk/client-ec2';
import * as errors from '../../errors.ts';
import * as networkErrors from '../../network-errors.ts';
import { cidrText, contains, parseCidr, type Cidr } from '../network/cidr.ts';
import type { VpcRecord } from '../network/recorded.ts';
import { resourceOf, type TransitAttachmentRecord } from './attachment.ts';
import type { TransitRouteRecord, TransitTableRecord } from './table.ts';

/** A destination in the form that is kept. */
export function checkTransitCidr(cidr: string | undefined): string {
  if (!cidr) throw errors.missingParameter('DestinationCidrBlock');
  const parsed = parse(cidr);
  if (!parsed) throw networkErrors.invalidCidr(cidr, 'DestinationCidrBlock');
  return cidrText(parsed);
}

/** A static route; it is black where its attachment is gone. */
export function wireRoute(
  { cidr, attachmentId }: TransitRouteRecord,
  attachments: readonly TransitAttachmentRecord[],
): TransitGatewayRoute {
  const to = attachments.find((each) => each.TransitGatewayAttachmentId === attachmentId);
  return {
    DestinationCidrBlock: cidr,
    TransitGatewayAttachments: to ? [resourceOf(to)] : [],
    Type: 'static',
    State: to ? 'active' : 'blackhole',
  };
}

/** All routes of a table: its own, and those that it learns of VPCs where it has none of its own. */
export function routesOf(
  table: TransitTableRecord,
  attachments: readonly TransitAttachmentRecord[],
  vpcs: readonly VpcRecord[],
): TransitGatewayRoute[] {
  const own = table.routes.map((route) => wireRoute(route, attachments));
  const known = new Set(table.routes.map(({ cidr }) => cidr));
  const learned = table.propagations.flatMap((id) => {
    const from = attachments.find((each) => each.TransitGatewayAttachmentId === id);
    const vpc = vpcs.find(({ VpcId }) => VpcId === from?.VpcId);
    if (!from || !vpc) return [];
    return (vpc.CidrBlockAssociationSet ?? [])
      .filter(({ CidrBlock = '' }) => !known.has(CidrBlock))
      .map(({ CidrBlock: DestinationCidrBlock }): TransitGatewayRoute => ({
        DestinationCidrBlock,
        TransitGatewayAttachments: [resourceOf(from)],
        Type: 'propagated',
        State: 'active',
      }));
  });
  return [...own, ...learned];
}

type Search = (wanted: Cidr, route: Cidr, all: readonly Cidr[]) => boolean;

/** Filters that compare networks; all others compare texts. */
const SEARCHES: Readonly<Record<string, Search>> = {
  'route-search.subnet-of-match': contains,
  'route-search.supernet-of-match': (wanted, route) => contains(route, wanted),
  'route-search.longest-prefix-match': (wanted, route, all) =>
    contains(route, wanted) &&
    all.every((other) => !contains(other, wanted) || other.prefix <= route.prefix),
};

/** The routes that the filters about networks let through, and the filters that are left. */
export function searched(
  routes: readonly TransitGatewayRoute[],
  filters: readonly Filter[] = [],
): { readonly found: readonly TransitGatewayRoute[]; readonly filters: readonly Filter[] } {
  const isSearch = ({ Name = '' }: Filter) => Object.hasOwn(SEARCHES, Name);
  const cidrOf = (route: TransitGatewayRoute) => parse(route.DestinationCidrBlock ?? '');
  let found = routes;
  for (const { Name = '', Values = [] } of filters.filter(isSearch)) {
    const wanted = Values.map((value) => {
      const cidr = parse(value.includes('/') ? value : `${value}/32`);
      if (!cidr) throw networkErrors.invalidCidr(value, Name);
      return cidr;
    });
    const all = found.flatMap((route) => cidrOf(route) ?? []);
    found = found.filter((route) => {
      const cidr = cidrOf(route);
      return cidr && wanted.some((each) => SEARCHES[Name]!(each, cidr, all));
    });
  }
  return { found, filters: filters.filter((filter) => !isSearch(filter)) };
}

function parse(cidr: string): Cidr | undefined {
  return parseCidr(cidr, cidr.includes(':') ? 6 : 4);
}
