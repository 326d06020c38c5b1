import type { DiskFile } from './images/disk/disk-file.ts';

/** The ID of an EBS volume, or of a snapshot of one. */
export type DiskId = string;

/**
 * The bytes of volumes and snapshots, apart from the machines that they are attached to. All calls are idempotent:
 * a workflow step may repeat them after a crash.
 */
export interface Disks {
  /**
   * Makes a disk, whole or not at all: of zeros, or as large a copy of another as it takes with zeros
   * behind it. One that exists already is left as it is.
   */
  create(id: DiskId, gib: number, from?: DiskId): Promise<void>;
  /**
   * Makes a disk of one in a file of the host, with zeros behind it up to `gib`. One that exists already
   * is left as it is.
   */
  read(id: DiskId, gib: number, from: Pick<DiskFile, 'path' | 'format'>): Promise<void>;
  /** Makes a disk larger; what is added is zeros. A machine that has it learns it by `Driver.grow`. */
  resize(id: DiskId, gib: number): Promise<void>;
  /** Absent is done. */
  remove(id: DiskId): Promise<void>;
  list(): Promise<DiskId[]>;
}

/** Disks of machines that do not boot: there is nobody who could write to them. */
export class NoDisks implements Disks {
  create(): Promise<void> {
    return Promise.resolve();
  }

  read(): Promise<void> {
    return Promise.resolve();
  }

  resize(): Promise<void> {
    return Promise.resolve();
  }

  remove(): Promise<void> {
    return Promise.resolve();
  }

  list(): Promise<DiskId[]> {
    return Promise.resolve([]);
  }
}
