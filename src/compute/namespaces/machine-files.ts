import { chown, mkdir, rename, rm, symlink } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { MachineSpec } from '../driver.ts';
import type { Image } from '../images/image.ts';
import { DRAFT, MachineFolder } from '../machine-folder.ts';
import { run } from '../run.ts';
import { sparseCopy } from '../sparse-copy.ts';
import { scripts } from './scripts.ts';

/**
 * Users 0 to 65535 of every machine are these of the host: out of a range that is left to nobody, so
 * that a guest's root is nobody outside.
 * @see https://systemd.io/UIDS-GIDS
 */
export const FIRST_USER_ID = 1_900_000_000;

/**
 * Everything of one machine: `image` is what it was made of, shared and never written; `disk` is what
 * it has written since, laid over it; `console` takes what it prints; `alive` is held open by it.
 */
export class MachineFiles extends MachineFolder {
  /** Makes the folder whole or not at all. */
  create(spec: MachineSpec, root: string): Promise<void> {
    return this.#make(spec, async (draft) => {
      await mkdir(draft.path('disk'));
      await chown(draft.path('disk'), FIRST_USER_ID, FIRST_USER_ID);
      await symlink(relative(this.folder, root), draft.path('image'));
    });
  }

  /** The same with what another machine had written, over the image that it had. */
  createFrom(spec: MachineSpec, layer: string): Promise<void> {
    return this.#make(spec, async (draft) => {
      for (const part of LAYER) await sparseCopy(join(layer, part), draft.path(part));
    });
  }

  /**
   * Copies what the machine has written, and which image that lies over, into a folder. A machine that
   * is on stands still meanwhile.
   *
   * @param processLists files in which the kernel lists the machine's processes
   */
  async copyLayer(to: string, processLists: readonly string[]): Promise<void> {
    const parts = LAYER.map((part) => this.path(part));
    await run('sh', [join(scripts, 'copy-still'), to, ...parts, '--', ...processLists]);
  }

  async #make(spec: MachineSpec, fill: (draft: MachineFiles) => Promise<void>): Promise<void> {
    const draft = new MachineFiles(`${this.folder}${DRAFT}`);
    await rm(draft.folder, { recursive: true, force: true });
    await mkdir(draft.path('work'), { recursive: true });
    await run('mkfifo', ['-m', '600', draft.path('console'), draft.path('alive')]);
    await chown(draft.path('console'), FIRST_USER_ID, FIRST_USER_ID);
    await fill(draft);
    await draft.saveSpec(spec);
    await rename(draft.folder, this.folder);
  }
}

/** Of a machine's folder, what a copy of its root disk has: the link's target is relative to a machine. */
const LAYER = ['disk', 'image'];

/** Makes the image's root file system as these machines share it, below `directory`. */
export async function makeRoot(image: Image, directory: string): Promise<string> {
  const root = join(directory, image.id);
  const draft = `${root}${DRAFT}`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true });
  try {
    await image.makeRootFolder(draft, FIRST_USER_ID);
    await rename(draft, root);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
  return root;
}
