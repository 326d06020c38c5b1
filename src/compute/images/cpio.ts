/** A file, directory or link of a cpio archive; `mode` holds its type as well, as in `stat`. */
export interface CpioEntry {
  readonly path: string;
  readonly mode: number;
  readonly data?: Uint8Array;
}

export const DIRECTORY = 0o040755;
export const EXECUTABLE = 0o100755;
export const REGULAR = 0o100644;

/**
 * An archive in the `newc` form that Linux unpacks as its initial RAM file system, everything owned
 * by root. Directories come before what is in them.
 *
 * @see https://docs.kernel.org/driver-api/early-userspace/buffer-format.html
 */
export function cpio(entries: readonly CpioEntry[]): Uint8Array {
  const parts = entries.flatMap((entry, index) => encode(entry, index + 1));
  return Buffer.concat([...parts, ...encode({ path: 'TRAILER!!!', mode: 0 }, 0)]);
}

function encode({ path, mode, data = new Uint8Array() }: CpioEntry, inode: number): Uint8Array[] {
  const name = Buffer.from(`${path}\0`);
  const links = 1;
  const fields = [inode, mode, 0, 0, links, 0, data.length, 0, 0, 0, 0, name.length, 0];
  const header = `070701${fields.map((field) => field.toString(16).padStart(8, '0')).join('')}`;
  const head = Buffer.concat([Buffer.from(header, 'ascii'), name]);
  return [head, padding(head.length), data, padding(data.length)];
}

/** Names and contents start at multiples of four bytes. */
function padding(length: number): Uint8Array {
  return new Uint8Array((4 - (length % 4)) % 4);
}
