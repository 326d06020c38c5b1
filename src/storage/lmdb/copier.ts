const slabBytes = 64 * 1024;
/** What is longer gets memory of its own, so that little of a slab is left over at its end. */
const longBytes = 8 * 1024;

/**
 * Copies what lmdb lends in buffers that it uses again. Many copies share a slab of memory, as
 * memory for each alone takes most of the time of a copy; who keeps one for long copies it out.
 *
 * @returns copies bytes from `start` to `end` of the lent buffer
 */
export function copier(): (lent: Buffer, start: number, end: number) => Buffer {
  // The same buffer is lent again and again; its `length` may tell the value's in place of its own.
  let plain: Uint8Array = new Uint8Array(0);
  let slab = Buffer.alloc(0);
  let used = 0;
  return (lent, start, end) => {
    if (plain.buffer !== lent.buffer) plain = new Uint8Array(lent.buffer);
    const bytes = plain.subarray(lent.byteOffset + start, lent.byteOffset + end);
    if (bytes.length > longBytes) return Buffer.from(bytes);
    if (used + bytes.length > slab.length) {
      slab = Buffer.allocUnsafeSlow(slabBytes);
      used = 0;
    }
    slab.set(bytes, used);
    used += bytes.length;
    return slab.subarray(used - bytes.length, used);
  };
}
