import { setTimeout as sleep } from 'node:timers/promises';
import type { DiskId } from '../disks.ts';
import type { MachineDisk } from '../driver.ts';
import type { Qmp } from './qmp.ts';

/** The controller that every machine has for them. */
export const DISK_BUS = 'disks';
/** What QEMU calls the root disk. */
export const ROOT_NODE = 'root';

const BETWEEN_LOOKS_MS = 10;
const LONGEST_LOOK_MS = 10_000;

/** The disks of a running machine, which come and go while it runs. */
export class PluggedDisks {
  readonly #qmp: Qmp;

  constructor(qmp: Qmp) {
    this.#qmp = qmp;
  }

  /** @param file its bytes, raw */
  async plug({ id, device }: MachineDisk, file: string): Promise<void> {
    if (await this.#isPlugged(id)) return;
    if (!(await this.#isOpen(id))) {
      await this.#qmp.execute('blockdev-add', {
        ...{ driver: 'raw', 'node-name': id, discard: 'unmap' },
        file: { driver: 'file', filename: file, discard: 'unmap' },
      });
    }
    await this.#qmp.execute('device_add', {
      ...{ driver: 'scsi-hd', id, bus: `${DISK_BUS}.0`, drive: id },
      // As AWS has it, without the hyphen; the guest names the disk by what it takes for its model.
      ...{ serial: id.replace('-', ''), vendor: 'AMAZON', product: device.replace('/dev/', '') },
    });
  }

  async unplug(id: DiskId): Promise<void> {
    if (await this.#isPlugged(id)) {
      await this.#qmp.execute('device_del', { id });
      await until(async () => !(await this.#isPlugged(id)));
    }
    if (await this.#isOpen(id)) await this.#qmp.execute('blockdev-del', { 'node-name': id });
  }

  async grow(id: DiskId, bytes: number): Promise<void> {
    if (await this.#isPlugged(id)) await this.#resize(id, bytes);
  }

  growRoot(bytes: number): Promise<void> {
    return this.#resize(ROOT_NODE, bytes);
  }

  async #resize(node: string, bytes: number): Promise<void> {
    await this.#qmp.execute('block_resize', { 'node-name': node, size: bytes });
  }

  async #isPlugged(id: DiskId): Promise<boolean> {
    const devices = (await this.#qmp.execute('query-block')) as { readonly qdev?: string }[];
    return devices.some(({ qdev }) => qdev === id);
  }

  async #isOpen(id: DiskId): Promise<boolean> {
    const nodes = await this.#qmp.execute('query-named-block-nodes', { flat: true });
    return (nodes as { readonly 'node-name': string }[]).some((node) => node['node-name'] === id);
  }
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadlineMs = performance.now() + LONGEST_LOOK_MS;
  while (!(await isSo())) {
    if (performance.now() > deadlineMs) throw new Error('QEMU does not let go of a disk.');
    await sleep(BETWEEN_LOOKS_MS);
  }
}
