import type { RouteTable, RouteTableAssociation } from '@aws-sdk/client-ec2';
import * as networkErrors from '../../network-errors.ts';
import type { NetworkDraft } from '../network/network-draft.ts';

export interface FoundAssociation {
  readonly table: RouteTable;
  readonly association: RouteTableAssociation;
}

/** @throws InvalidAssociationID.NotFound */
export async function findAssociation(draft: NetworkDraft, id: string): Promise<FoundAssociation> {
  for (const table of await draft.list('route-table')) {
    const association = table.Associations?.find((each) => each.RouteTableAssociationId === id);
    if (association) return { table, association };
  }
  throw networkErrors.associationNotFound(id);
}

/** Has a subnet, or all of a VPC that have no table of their own, use this table. */
export function addAssociation(
  draft: NetworkDraft,
  table: RouteTable,
  association: RouteTableAssociation,
): void {
  const { RouteTableId } = table;
  const AssociationState = { State: 'associated' as const };
  const added = { ...association, RouteTableId, AssociationState };
  draft.put('route-table', { ...table, Associations: [...(table.Associations ?? []), added] });
}

export function removeAssociation(
  draft: NetworkDraft,
  { table, association }: FoundAssociation,
): void {
  const others = (table.Associations ?? []).filter((each) => each !== association);
  draft.put('route-table', { ...table, Associations: others });
}
