import type { Ids } from '../../../../kernel/ids.ts';

/** 02 marks an address as locally administered. */
export function newMacAddress(ids: Ids): string {
  return `02:${ids.hex(10).replace(/(..)(?=.)/g, '$1:')}`;
}
