const CLUSTER = 64 * 1024;
const MIB = 1024 * 1024;

/**
 * A disk of 4 MiB in QEMU's form, of clusters: header, two tables of references to it, the table of
 * tables, one table, and what is on the disk at 1 MiB.
 *
 * @param base a file that it names as what lies under it
 * @see https://www.qemu.org/docs/master/interop/qcow2.html
 */
export function qcow2(text: string, base = ''): Buffer {
  const bytes = Buffer.alloc(6 * CLUSTER);
  bytes.write('QFI\xfb', 'latin1');
  bytes.writeUInt32BE(2, 4);
  if (base) {
    bytes.writeBigUInt64BE(512n, 8);
    bytes.writeUInt32BE(base.length, 16);
    bytes.write(base, 512);
  }
  bytes.writeUInt32BE(16, 20);
  bytes.writeBigUInt64BE(BigInt(4 * MIB), 24);
  bytes.writeUInt32BE(1, 36);
  bytes.writeBigUInt64BE(BigInt(3 * CLUSTER), 40);
  bytes.writeBigUInt64BE(BigInt(CLUSTER), 48);
  bytes.writeUInt32BE(1, 56);
  bytes.writeBigUInt64BE(BigInt(2 * CLUSTER), CLUSTER);
  for (let at = 0; at < 6; at += 1) bytes.writeUInt16BE(1, 2 * CLUSTER + at * 2);
  const own = 1n << 63n;
  bytes.writeBigUInt64BE(own | BigInt(4 * CLUSTER), 3 * CLUSTER);
  bytes.writeBigUInt64BE(own | BigInt(5 * CLUSTER), 4 * CLUSTER + (MIB / CLUSTER) * 8);
  bytes.write(text, 5 * CLUSTER);
  return bytes;
}
