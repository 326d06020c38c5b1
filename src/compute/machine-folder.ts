import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HostPort, MachineSize, MachineSpec } from './driver.ts';
import { SerialLog } from './serial-log.ts';

/** What was decided at a machine's last power-on. */
export interface PowerOn {
  readonly published: Readonly<Record<number, HostPort>>;
  readonly given: MachineSize;
}

/** Ends the name of a folder that is being made: it is renamed when it is whole. */
export const DRAFT = '.creating';

/** Everything of one machine is in a folder of its own. What is in it for every driver. */
export class MachineFolder {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  /** Makes the folder, whole or not at all, where there is nothing else in it. */
  async make(spec: MachineSpec): Promise<void> {
    const draft = new MachineFolder(`${this.folder}${DRAFT}`);
    await rm(draft.folder, { recursive: true, force: true });
    await mkdir(draft.folder);
    await draft.saveSpec(spec);
    await rename(draft.folder, this.folder);
  }

  /** Removes the machine, and what an interrupted creation has left of it. */
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

  get console(): SerialLog {
    return new SerialLog(this.path('console.log'));
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

async function readJson<Content>(file: string): Promise<Content | undefined> {
  const text = await readFile(file, 'utf8').catch(ifThere);
  return text === undefined ? undefined : (JSON.parse(text) as Content);
}

export function ifThere(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
