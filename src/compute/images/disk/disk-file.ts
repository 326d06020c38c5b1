import { open, realpath, stat, type FileHandle } from 'node:fs/promises';
import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DiskFormat } from './to-raw.ts';

/** A disk in a file of the host. */
export interface DiskFile {
  readonly path: string;
  readonly format: DiskFormat;
  /** How large the disk is, which may be more than the file. */
  readonly bytes: number;
}

const FOOTER = 512;
/** Where the size is in the head of a qcow2, and in the foot of a VHD. */
const QCOW2_SIZE = 24;
const VHD_SIZE = 48;

/**
 * Looks at a disk that a `file:` URL names. Of the host's files only those below `folder` are shown to
 * clients: this process may read many that they may not.
 *
 * @param format what it is said to be; told from its first and last bytes if left out
 * @throws Error that says in a sentence why there is no such disk
 */
export async function findDiskFile(
  url: string,
  folder: string,
  format?: DiskFormat,
): Promise<DiskFile> {
  const path = await pathBelow(url, folder);
  const file = await open(path);
  try {
    const found = await look(file);
    if (format === undefined || format === found.format) return { path, ...found };
    if (format === 'raw') return { path, format, bytes: (await file.stat()).size };
    throw new Error(`${url} is no disk of the format that was given.`);
  } finally {
    await file.close();
  }
}

async function pathBelow(url: string, folder: string): Promise<string> {
  let path: string;
  try {
    path = await realpath(fileURLToPath(url));
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'it does not exist' : message;
    throw new Error(`${url} cannot be read: ${why}.`, { cause });
  }
  const allowed = await realpath(folder).catch(() => folder);
  if (!path.startsWith(`${allowed}${sep}`)) {
    throw new Error(`Files are read from the folder ${folder} only: put ${url} there.`);
  }
  if (!(await stat(path)).isFile()) throw new Error(`${url} is no file.`);
  return path;
}

async function look(file: FileHandle): Promise<Omit<DiskFile, 'path'>> {
  const { size } = await file.stat();
  const head = await read(file, 0);
  if (head.toString('latin1', 0, 4) === 'QFI\xfb') {
    return { format: 'qcow2', bytes: Number(head.readBigUInt64BE(QCOW2_SIZE)) };
  }
  const foot = await read(file, Math.max(0, size - FOOTER));
  if (foot.toString('latin1', 0, 8) === 'conectix') {
    return { format: 'vpc', bytes: Number(foot.readBigUInt64BE(VHD_SIZE)) };
  }
  return { format: 'raw', bytes: size };
}

async function read(file: FileHandle, position: number): Promise<Buffer> {
  const { buffer } = await file.read(Buffer.alloc(FOOTER), 0, FOOTER, position);
  return buffer;
}
