import type { Caller } from '../../../kernel/caller.ts';
import type { Table } from './table.ts';

/** Which table an order is about: the ID tells it from a later one of the same name. */
export interface TableOrder {
  readonly owner: Pick<Caller, 'account' | 'region'>;
  readonly name: string;
  readonly id: string;
}

export function orderOf({ account, region }: TableOrder['owner'], { name, id }: Table): TableOrder {
  return { owner: { account, region }, name, id };
}
