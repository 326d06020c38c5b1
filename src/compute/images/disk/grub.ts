import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../../run.ts';
import { unpackDebianPackages } from '../debian-packages.ts';
import { SECTOR } from './gpt.ts';

/** The two parts of GRUB for a BIOS: the first sector's program, and what it loads. */
export interface BootLoader {
  readonly first: Buffer;
  readonly core: Buffer;
}

/** What GRUB needs to read its configuration from the root file system, and to start a Linux. */
const MODULES = ['biosdisk', 'part_gpt', 'ext2', 'configfile', 'normal', 'linux', 'serial'];
/** Where the sector is said at which the next part begins, in the first part and in the core's head. */
const NEXT_OF_FIRST = 0x5c;
const NEXT_OF_CORE = 0x1f4;
const BOOT_DRIVE = 0x64;
const ANY_DRIVE = 0xff;
/** A jump around a fix for BIOSes that pass a wrong drive; nothing is to be fixed on a hard disk. */
const DRIVE_FIX = 0x66;
const NO_OPERATION = 0x90;
/** Programs end here: the rest of the first sector is the partition table's. */
const FIRST_PART_BYTES = 440;
/** Where the core's head loads the rest to, as a segment of real mode. */
const CORE_SEGMENT = 0x0820;

/**
 * Puts Debian's GRUB together without installing it.
 *
 * @param folder where its packages are unpacked
 * @param prefix its own folder, as GRUB names it: `(hd0,gpt1)/boot/grub`
 * @param coreSector where the core is going to lie
 */
export async function makeGrub(
  folder: string,
  prefix: string,
  coreSector: number,
): Promise<BootLoader> {
  await unpackDebianPackages(['grub-common', 'grub-pc-bin'], folder);
  const parts = join(folder, 'usr/lib/grub/i386-pc');
  const file = join(folder, 'core.img');
  const from = ['-O', 'i386-pc', '-d', parts, '-p', prefix, '-o', file];
  await run(join(folder, 'usr/bin/grub-mkimage'), [...from, ...MODULES]);
  const loaded = await readFile(join(parts, 'boot.img'));
  return { first: firstPart(loaded, coreSector), core: core(await readFile(file), coreSector) };
}

function firstPart(image: Buffer, coreSector: number): Buffer {
  const bytes = Buffer.from(image.subarray(0, FIRST_PART_BYTES));
  bytes.writeBigUInt64LE(BigInt(coreSector), NEXT_OF_FIRST);
  bytes[BOOT_DRIVE] = ANY_DRIVE;
  bytes.fill(NO_OPERATION, DRIVE_FIX, DRIVE_FIX + 2);
  return bytes;
}

/** One piece of consecutive sectors follows the core's first. */
function core(image: Buffer, coreSector: number): Buffer {
  const sectors = Math.ceil(image.length / SECTOR);
  const bytes = Buffer.concat([image, Buffer.alloc(sectors * SECTOR - image.length)]);
  bytes.writeBigUInt64LE(BigInt(coreSector + 1), NEXT_OF_CORE);
  bytes.writeUInt16LE(sectors - 1, NEXT_OF_CORE + 8);
  bytes.writeUInt16LE(CORE_SEGMENT, NEXT_OF_CORE + 10);
  return bytes;
}

/** Has GRUB start the kernel that the links of Debian's kernel packages name, whichever is newest. */
export async function configureGrub(root: string, kernelArguments: string): Promise<void> {
  const folder = join(root, 'boot/grub');
  await mkdir(folder, { recursive: true });
  const lines = [
    'serial --unit=0 --speed=115200',
    'terminal_output serial',
    `linux /vmlinuz ${kernelArguments}`,
    'initrd /initrd.img',
    'boot',
  ];
  await writeFile(join(folder, 'grub.cfg'), `${lines.join('\n')}\n`);
}
