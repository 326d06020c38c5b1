import type { Place } from './place.ts';

/** Who beside its owner may use a snapshot or an image. */
export interface Sharing {
  readonly everybody: boolean;
  /** Account IDs. */
  readonly accounts: readonly string[];
}

/** What is given to whom, or taken from whom, as requests say it. */
export interface SharingChange {
  readonly Add?: readonly Grantee[] | undefined;
  readonly Remove?: readonly Grantee[] | undefined;
}

interface Grantee {
  readonly UserId?: string | undefined;
  readonly Group?: string | undefined;
}

interface Shared extends Place {
  readonly sharing?: Sharing;
}

export const NOBODY_ELSE: Sharing = { everybody: false, accounts: [] };

export function isPublic({ sharing }: Shared): boolean {
  return sharing?.everybody ?? false;
}

/** Whether an account was given leave by its ID. */
export function isSharedWith({ sharing }: Shared, account: string): boolean {
  return sharing?.accounts.includes(account) ?? false;
}

/** Whether an account may use it where it is. */
export function mayUse(resource: Shared, { account, region }: Place): boolean {
  if (resource.region !== region) return false;
  return resource.account === account || isPublic(resource) || isSharedWith(resource, account);
}

export function wireSharing({ sharing = NOBODY_ELSE }: { readonly sharing?: Sharing }) {
  return [
    ...(sharing.everybody ? [{ Group: 'all' as const }] : []),
    ...sharing.accounts.map((UserId) => ({ UserId })),
  ];
}

export function changed(
  before: Sharing = NOBODY_ELSE,
  { Add = [], Remove = [] }: SharingChange,
): Sharing {
  const accounts = new Set(before.accounts);
  for (const { UserId } of Add) if (UserId) accounts.add(UserId);
  for (const { UserId } of Remove) if (UserId) accounts.delete(UserId);
  const everybody = before.everybody || Add.some(({ Group }) => Group === 'all');
  return {
    everybody: everybody && !Remove.some(({ Group }) => Group === 'all'),
    accounts: [...accounts].toSorted(),
  };
}

/**
 * The change that a request asks for, in the newer form or the older one of lists beside an operation.
 *
 * @returns undefined where it asks for none
 */
export function changeAsked(
  given: SharingChange | undefined,
  older: {
    readonly OperationType?: string | undefined;
    readonly UserIds?: readonly string[] | undefined;
    readonly groups?: readonly string[] | undefined;
  },
): SharingChange | undefined {
  if (given) return given;
  const { OperationType, UserIds = [], groups = [] } = older;
  if (OperationType === undefined) return undefined;
  const named = [...UserIds.map((UserId) => ({ UserId })), ...groups.map((Group) => ({ Group }))];
  return OperationType === 'remove' ? { Remove: named } : { Add: named };
}
