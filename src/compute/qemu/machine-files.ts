import { copyFile, link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { HostPort, MachineSize, MachineSpec } from '../driver.ts';
import type { Image } from '../images/image.ts';
import { SerialLog } from './serial-log.ts';

/** What was decided at a machine's last power-on. */
export interface PowerOn {
  readonly published: Readonly<Record<number, HostPort>>;
  readonly given: MachineSize;
}

/**
 * Everything of one machine, in a folder of its own that needs nothing outside: QEMU runs inside
 * it, so its paths stay short, and the kernel stays when the image's cache is emptied.
 */
export class MachineFiles {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  /** A socket's path as this process can use it: the system allows about a hundred characters. */
  socket(name: 'qmp.sock' | 'metadata.sock'): string {
    const absolute = this.path(name);
    return absolute.length <= 100 ? absolute : relative(process.cwd(), absolute);
  }

  /** Makes the folder whole or not at all. */
  async create(spec: MachineSpec, image: Image): Promise<void> {
    const draft = new MachineFiles(`${this.folder}${DRAFT}`);
    await rm(draft.folder, { recursive: true, force: true });
    await mkdir(draft.folder, { recursive: true });
    await image.makeRootDisk(draft.path('root.raw'), spec.rootDiskGib);
    await keep(image.kernel, draft.path('kernel'));
    await keep(image.initrd, draft.path('initrd'));
    await writeFile(draft.path('kernel-arguments'), image.kernelArguments.join(' '));
    if (image.asksFirst) await writeFile(draft.path(UNBOOTED), image.id);
    await draft.saveSpec(spec);
    await rename(draft.folder, this.folder);
  }

  /** Removes the machine, and what an interrupted `create` has left of it. */
  async remove(): Promise<void> {
    await rm(`${this.folder}${DRAFT}`, { recursive: true, force: true });
    await rm(this.folder, { recursive: true, force: true });
  }

  /** undefined where there is no such machine. */
  spec(): Promise<MachineSpec | undefined> {
    return readJson<MachineSpec>(this.path('machine.json'));
  }

  saveSpec(spec: MachineSpec): Promise<void> {
    return this.#saveJson('machine.json', spec);
  }

  kernelArguments(): Promise<string> {
    return readFile(this.path('kernel-arguments'), 'utf8');
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

  get console(): SerialLog {
    return new SerialLog(this.path('console.log'));
  }

  /** What QEMU itself had to say. */
  qemuLog(): Promise<string> {
    return readFile(this.path('qemu.log'), 'utf8').catch(() => '');
  }

  powerOn(): Promise<PowerOn | undefined> {
    return readJson<PowerOn>(this.path('power-on.json'));
  }

  savePowerOn(powerOn: PowerOn): Promise<void> {
    return this.#saveJson('power-on.json', powerOn);
  }

  /** Replaces a file whole or not at all. */
  async #saveJson(name: string, content: unknown): Promise<void> {
    const fresh = this.path(`${name}.new`);
    await writeFile(fresh, JSON.stringify(content, undefined, 2));
    await rename(fresh, this.path(name));
  }
}

const UNBOOTED = 'unbooted';
/** Ends the name of a folder that is being made. */
export const DRAFT = '.creating';

/** The same file under another name where the file systems allow, else a copy. */
async function keep(from: string, to: string): Promise<void> {
  await link(from, to).catch(() => copyFile(from, to));
}

async function readJson<Content>(file: string): Promise<Content | undefined> {
  const text = await readFile(file, 'utf8').catch(ifThere);
  return text === undefined ? undefined : (JSON.parse(text) as Content);
}

function ifThere(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
