import * as zlib from 'node:zlib';

const table = Uint32Array.from({ length: 256 }, (_, n) => {
  let crc = n;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xed_b8_83_20 : crc >>> 1;
  return crc;
});

/** Node 20.15 and 22.2 brought a native one, many times faster. */
const native = (zlib as { crc32?: (bytes: Uint8Array) => number }).crc32;

/** The CRC-32 of `x-amz-crc32` and of ZIP, as an unsigned number. */
export const crc32: (bytes: Uint8Array) => number = native ?? portableCrc32;

export function portableCrc32(bytes: Uint8Array): number {
  let crc = 0xff_ff_ff_ff;
  for (const byte of bytes) crc = (crc >>> 8) ^ table[(crc ^ byte) & 0xff]!;
  return (crc ^ 0xff_ff_ff_ff) >>> 0;
}
