import type {
  AddPrefixListEntry,
  ManagedPrefixList,
  PrefixListEntry,
  RemovePrefixListEntry,
} from '@aws-sdk/client-ec2';
import * as errors from '../../errors.ts';
import * as networkErrors from '../../network-errors.ts';
import { cidrText, parseCidr } from '../network/cidr.ts';

/** A prefix list with the entries that each of its versions has. */
export interface PrefixListRecord extends ManagedPrefixList {
  readonly PrefixListId: string;
  readonly MaxEntries: number;
  readonly Version: number;
  readonly versions: Readonly<Record<number, readonly PrefixListEntry[]>>;
}

const MAX_NAME_LENGTH = 255;
const MAX_DESCRIPTION_LENGTH = 255;
const MOST_ENTRIES = 1000;

/** @throws MissingParameter, InvalidParameterValue */
export function checkName(name: string | undefined): string {
  if (!name) throw errors.missingParameter('PrefixListName');
  if (name.length > MAX_NAME_LENGTH || name.startsWith('com.amazonaws')) {
    throw errors.invalidValue(
      name.slice(0, MAX_NAME_LENGTH),
      'PrefixListName',
      "Up to 255 characters that do not start with 'com.amazonaws' are allowed.",
    );
  }
  return name;
}

/** @throws MissingParameter, InvalidParameterValue */
export function checkMaxEntries(count: number | undefined): number {
  if (count === undefined) throw errors.missingParameter('MaxEntries');
  if (count < 1 || count > MOST_ENTRIES) {
    throw errors.invalidValue(count, 'MaxEntries', `Must be between 1 and ${MOST_ENTRIES}.`);
  }
  return count;
}

/** @throws MissingParameter, InvalidParameterValue */
export function checkFamily(family: string | undefined): 'IPv4' | 'IPv6' {
  if (!family) throw errors.missingParameter('AddressFamily');
  if (family === 'IPv4' || family === 'IPv6') return family;
  throw errors.invalidValue(family, 'AddressFamily', 'Must be IPv4 or IPv6.');
}

/** The entries of the present version. */
export function entriesOf({ versions, Version }: PrefixListRecord): readonly PrefixListEntry[] {
  return versions[Version] ?? [];
}

/**
 * Entries after some were removed and others added, in this order, so that an entry which is both
 * gets its new description.
 *
 * @throws MissingParameter, InvalidParameterValue
 */
export function changedEntries(
  before: readonly PrefixListEntry[],
  family: string | undefined,
  removed: readonly RemovePrefixListEntry[] = [],
  added: readonly AddPrefixListEntry[] = [],
): PrefixListEntry[] {
  const after = new Map(before.map((entry) => [entry.Cidr, entry]));
  for (const { Cidr } of removed) {
    const cidr = canonical(Cidr, family);
    if (!after.delete(cidr)) {
      throw errors.invalidValue(cidr, 'RemoveEntries', 'The prefix list has no such entry.');
    }
  }
  for (const { Cidr, Description = '' } of added) {
    const cidr = canonical(Cidr, family);
    if (after.has(cidr)) {
      throw errors.invalidValue(cidr, 'AddEntries', 'The prefix list has this entry already.');
    }
    if (Description.length > MAX_DESCRIPTION_LENGTH) {
      throw errors.invalidValue(Description.slice(0, 20), 'Description', 'At most 255 characters.');
    }
    after.set(cidr, { Cidr: cidr, Description });
  }
  return [...after.values()];
}

/** The list as the wire shows it. */
export function wirePrefixList(list: PrefixListRecord): ManagedPrefixList {
  const { versions: _, ...shown } = list;
  if (shown.OwnerId !== 'AWS') return shown;
  // AWS says neither of its own lists.
  const { MaxEntries: __, Version: ___, ...listOfAws } = shown;
  return listOfAws;
}

/** @throws PrefixListVersionMismatch where the list is not as whoever asks believes it to be */
export function checkVersion(list: PrefixListRecord, current: number | undefined): void {
  if (current === undefined) throw errors.missingParameter('CurrentVersion');
  if (current !== list.Version) {
    throw networkErrors.prefixListVersionMismatch(list.PrefixListId, list.Version);
  }
}

/** @throws PrefixListMaxEntriesExceeded */
export function checkFits(count: number, most: number): void {
  if (count > most) throw networkErrors.prefixListFull(most);
}

function canonical(cidr: string | undefined, family: string | undefined): string {
  if (!cidr) throw errors.missingParameter('Cidr');
  const parsed = parseCidr(cidr, family === 'IPv6' ? 6 : 4);
  if (!parsed) throw networkErrors.invalidCidr(cidr, 'Cidr');
  return cidrText(parsed);
}
