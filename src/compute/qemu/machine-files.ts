import { copyFile, link, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { relative } from 'node:path';
import type { MachineSpec } from '../driver.ts';
import { copyAtLeast } from '../images/disk/disk-image.ts';
import type { Board, Image, Kernel } from '../images/image.ts';
import { DRAFT, ifThere, MachineFolder } from '../machine-folder.ts';

/**
 * The folder needs nothing outside: QEMU runs inside it, so its paths stay short, and the kernel stays
 * when the image's cache is emptied.
 */
export class MachineFiles extends MachineFolder {
  /** A socket's path as this process can use it: the system allows about a hundred characters. */
  socket(name: 'qmp.sock' | 'metadata.sock'): string {
    const absolute = this.path(name);
    return absolute.length <= 100 ? absolute : relative(process.cwd(), absolute);
  }

  /**
   * Makes the folder whole or not at all.
   *
   * @param rootDisk what its root disk is a copy of; a fresh one of the image where left out
   */
  async create(spec: MachineSpec, image: Image, rootDisk?: string): Promise<void> {
    const draft = new MachineFiles(`${this.folder}${DRAFT}`);
    await rm(draft.folder, { recursive: true, force: true });
    await mkdir(draft.folder, { recursive: true });
    const root = draft.path('root.raw');
    if (rootDisk === undefined) await image.makeRootDisk(root, spec.rootDiskGib);
    else await copyAtLeast(rootDisk, root, spec.rootDiskGib);
    if (image.kernel) await draft.#keepKernel(image.kernel);
    await writeFile(draft.path('board'), image.board);
    if (image.asksFirst && rootDisk === undefined) await writeFile(draft.path(UNBOOTED), image.id);
    await draft.saveSpec(spec);
    await rename(draft.folder, this.folder);
  }

  /**
   * Makes the root disk at least this large; resolves to its size in bytes. What other machines begin
   * as has another size from then on.
   */
  async growRootDisk(gib: number): Promise<number> {
    await this.forgetUnbooted();
    const file = await open(this.path('root.raw'), 'r+');
    try {
      const { size } = await file.stat();
      const bytes = Math.max(size, gib * GIB);
      if (bytes > size) await file.truncate(bytes);
      return bytes;
    } finally {
      await file.close();
    }
  }

  /** undefined where the root disk has a boot loader of its own. */
  kernelArguments(): Promise<string | undefined> {
    return readFile(this.path('kernel-arguments'), 'utf8').catch(ifThere);
  }

  async board(): Promise<Board> {
    return (await readFile(this.path('board'), 'utf8')) as Board;
  }

  /**
   * The image whose disk the machine still has as it was made, if machines of it may begin as copies
   * of each other; undefined once it has begun to boot.
   */
  unbootedImage(): Promise<string | undefined> {
    return readFile(this.path(UNBOOTED), 'utf8').catch(ifThere);
  }

  forgetUnbooted(): Promise<void> {
    return rm(this.path(UNBOOTED), { force: true });
  }

  /** What QEMU itself had to say. */
  qemuLog(): Promise<string> {
    return readFile(this.path('qemu.log'), 'utf8').catch(() => '');
  }

  async #keepKernel(kernel: Kernel): Promise<void> {
    await keep(kernel.file, this.path('kernel'));
    await keep(kernel.initrd, this.path('initrd'));
    await writeFile(this.path('kernel-arguments'), kernel.arguments.join(' '));
  }
}

const UNBOOTED = 'unbooted';
const GIB = 1024 ** 3;

/** The same file under another name where the file systems allow, else a copy. */
async function keep(from: string, to: string): Promise<void> {
  await link(from, to).catch(() => copyFile(from, to));
}
