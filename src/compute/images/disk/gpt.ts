/** A partition of a disk, in sectors; IDs are GUIDs in their usual writing. */
export interface Partition {
  /** Its place in the table, from 1: what Linux calls it by, as in `vda1`. */
  readonly number: number;
  readonly type: string;
  readonly id: string;
  readonly firstSector: number;
  readonly lastSector: number;
}

/** What stands at both ends of a disk: the second is the first's copy. */
export interface PartitionTable {
  readonly start: Buffer;
  readonly end: Buffer;
}

export const SECTOR = 512;
/** The file system of a Linux; the first part of a boot loader. */
export const LINUX = '0fc63daf-8483-4772-8e79-3d69d8477de4';
export const BIOS_BOOT = '21686148-6449-6e6f-744e-656564454649';

const ENTRIES = 128;
const ENTRY_BYTES = 128;
const ENTRY_SECTORS = (ENTRIES * ENTRY_BYTES) / SECTOR;
const HEADER_BYTES = 92;

/**
 * A GUID partition table, with the record in front of it that keeps old programs away.
 *
 * @param sectors of the whole disk
 * @see https://uefi.org/specs/UEFI/2.10/05_GUID_Partition_Table_Format.html
 */
export function gpt(sectors: number, id: string, partitions: readonly Partition[]): PartitionTable {
  const entries = Buffer.alloc(ENTRIES * ENTRY_BYTES);
  for (const each of partitions) entry(each).copy(entries, (each.number - 1) * ENTRY_BYTES);
  const header = (own: number, other: number, table: number): Buffer => {
    const bytes = Buffer.alloc(SECTOR);
    bytes.write('EFI PART', 'latin1');
    bytes.writeUInt32LE(0x0001_0000, 8);
    bytes.writeUInt32LE(HEADER_BYTES, 12);
    const first = ENTRY_SECTORS + 2;
    [own, other, first, sectors - first].forEach((sector, at) =>
      bytes.writeBigUInt64LE(BigInt(sector), 24 + at * 8),
    );
    guid(id).copy(bytes, 56);
    bytes.writeBigUInt64LE(BigInt(table), 72);
    bytes.writeUInt32LE(ENTRIES, 80);
    bytes.writeUInt32LE(ENTRY_BYTES, 84);
    bytes.writeUInt32LE(crc32(entries), 88);
    bytes.writeUInt32LE(crc32(bytes.subarray(0, HEADER_BYTES)), 16);
    return bytes;
  };
  const last = sectors - 1;
  return {
    start: Buffer.concat([protectiveRecord(sectors), header(1, last, 2), entries]),
    end: Buffer.concat([entries, header(last, 1, last - ENTRY_SECTORS)]),
  };
}

function entry({ type, id, firstSector, lastSector }: Partition): Buffer {
  const bytes = Buffer.alloc(ENTRY_BYTES);
  guid(type).copy(bytes, 0);
  guid(id).copy(bytes, 16);
  bytes.writeBigUInt64LE(BigInt(firstSector), 32);
  bytes.writeBigUInt64LE(BigInt(lastSector), 40);
  return bytes;
}

/** To programs that know no such table the whole disk is one partition of a kind they do not know. */
function protectiveRecord(sectors: number): Buffer {
  const bytes = Buffer.alloc(SECTOR);
  bytes.set([0x00, 0x00, 0x02, 0x00, 0xee, 0xff, 0xff, 0xff], 446);
  bytes.writeUInt32LE(1, 454);
  bytes.writeUInt32LE(Math.min(sectors - 1, 0xffff_ffff), 458);
  bytes.set([0x55, 0xaa], 510);
  return bytes;
}

/** The first three parts of a GUID are stored as numbers, lowest byte first. */
function guid(text: string): Buffer {
  const bytes = Buffer.from(text.replaceAll('-', ''), 'hex');
  bytes.subarray(0, 4).reverse();
  bytes.subarray(4, 6).reverse();
  bytes.subarray(6, 8).reverse();
  return bytes;
}

/** zlib's own is not in every Node that this runs on. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffff_ffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb8_8320 : 0);
  }
  return (crc ^ 0xffff_ffff) >>> 0;
}
