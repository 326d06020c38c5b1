import type { MachineId } from './driver.ts';

/** A driver was asked about a machine that it does not have. */
export class MachineMissing extends Error {
  override readonly name = 'MachineMissing';

  constructor(id: MachineId) {
    super(`There is no machine ${id}.`);
  }
}
