import { createHash } from 'node:crypto';
import * as endpointErrors from '../../endpoint-errors.ts';
import { GATEWAYS, serviceName } from '../endpoints/services.ts';
import type { Networks } from '../network/networks.ts';
import type { Place } from '../place.ts';
import { checkIds, kinds } from '../resource-kinds.ts';
import type { PrefixListRecord } from './prefix-list.ts';

// IDs that people know by heart, from templates and security groups.
const KNOWN_IDS: Readonly<Record<string, string>> = {
  'com.amazonaws.us-east-1.dynamodb': 'pl-02cd2c6b',
  'com.amazonaws.us-east-1.s3': 'pl-63a5400a',
};

/** From https://ip-ranges.amazonaws.com for us-east-1; other regions have the same here. */
const BLOCKS: Readonly<Record<(typeof GATEWAYS)[number], readonly string[]>> = {
  dynamodb: [
    '3.218.182.0/24',
    '3.218.183.0/24',
    '35.172.155.0/24',
    '52.94.0.0/22',
    '52.119.224.0/20',
  ],
  s3: ['3.5.0.0/19', '16.182.0.0/16', '18.34.0.0/19', '52.216.0.0/15', '54.231.0.0/16'],
};

/** The lists that AWS keeps of what its gateway endpoints lead to. Nobody changes them. */
export function prefixListsOfAws(region: string): PrefixListRecord[] {
  return GATEWAYS.map((short) => {
    const PrefixListName = serviceName(region, short);
    const PrefixListId = KNOWN_IDS[PrefixListName] ?? `pl-${digits(PrefixListName)}`;
    return {
      PrefixListId,
      PrefixListArn: `arn:aws:ec2:${region}:aws:prefix-list/${PrefixListId}`,
      PrefixListName,
      AddressFamily: 'IPv4',
      MaxEntries: BLOCKS[short].length,
      State: 'create-complete',
      Version: 1,
      OwnerId: 'AWS',
      versions: { 1: BLOCKS[short].map((Cidr) => ({ Cidr, Description: '' })) },
    };
  });
}

/** AWS's lists and the account's own. */
export async function allPrefixLists(
  networks: Networks,
  place: Place,
): Promise<PrefixListRecord[]> {
  return [...prefixListsOfAws(place.region), ...(await networks.list('prefix-list', place))];
}

/** @throws InvalidPrefixListId.Malformed, InvalidPrefixListID.NotFound */
export async function namedPrefixList(
  networks: Networks,
  place: Place,
  id: string,
): Promise<PrefixListRecord> {
  checkIds(kinds.prefixList, [id]);
  const all = await allPrefixLists(networks, place);
  const found = all.find((list) => list.PrefixListId === id);
  if (!found) throw kinds.prefixList.notFound([id]);
  return found;
}

export function prefixListOfService(region: string, name: string): PrefixListRecord | undefined {
  return prefixListsOfAws(region).find((list) => list.PrefixListName === name);
}

/** @throws InvalidParameterValue: no route but an endpoint's leads to such a list */
export function checkNotOfAws(id: string, { region }: Place): void {
  if (prefixListsOfAws(region).some((list) => list.PrefixListId === id)) {
    throw endpointErrors.endpointRouteByHand(id);
  }
}

function digits(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 8);
}
