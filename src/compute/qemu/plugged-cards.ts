import { deviceOf } from '../network/addresses.ts';
import type { Card } from '../network/router.ts';
import type { Qmp } from './qmp.ts';

/** How many network cards a machine takes beside its first one: no instance type has more. */
const SLOTS = 14;

/** QEMU's arguments for the slots that they go into. */
export function cardSlots(): string[] {
  return slots().flatMap((at) => ['-device', `pcie-root-port,id=${slot(at)},chassis=1,slot=${at}`]);
}

/**
 * The further network cards of a running machine, which come and go while it runs. Whoever adopts the
 * machine finds them by QEMU's own records: a card is named by its slot, its other end by the interface.
 */
export class PluggedCards {
  readonly #qmp: Qmp;
  /** The slots of cards that the guest was asked to let go of. */
  readonly #leaving = new Set<number>();

  constructor(qmp: Qmp) {
    this.#qmp = qmp;
  }

  /** Gives the machine these cards, each at its tap, and no others. */
  async settle(cards: readonly Card[]): Promise<void> {
    const plugged = await this.#plugged();
    for (const at of this.#leaving) if (!plugged.has(at)) this.#leaving.delete(at);
    const wanted = new Set(cards.map(({ id }) => id));
    for (const [at, id] of plugged) {
      if (!wanted.has(id) && !this.#leaving.has(at)) await this.#unplug(at, id);
    }
    const staying = [...plugged].filter(([at]) => !this.#leaving.has(at));
    const present = new Set(staying.map(([, id]) => id));
    const free = slots().filter((at) => !plugged.has(at));
    for (const each of cards.toSorted((one, other) => one.index - other.index)) {
      if (!present.has(each.id)) await this.#plug(each, free.shift());
    }
  }

  async isNone(): Promise<boolean> {
    return (await this.#plugged()).size === 0;
  }

  async #plug({ id, macAddress: mac }: Card, at: number | undefined): Promise<void> {
    if (at === undefined) throw new Error('Every slot for a network card is taken.');
    await this.#qmp.execute('netdev_add', tapEnd(id, deviceOf(id)));
    const driver = 'virtio-net-pci';
    await this.#qmp.execute('device_add', { driver, id: card(at), bus: slot(at), netdev: id, mac });
  }

  /** From here on no packet passes. The slot is free when the guest has let go, which takes seconds. */
  async #unplug(at: number, id: string): Promise<void> {
    this.#leaving.add(at);
    // Whoever held the machine before may have come as far as this.
    const hadLink = await this.#qmp.execute('netdev_del', { id }).then(
      () => true,
      () => false,
    );
    if (hadLink) await this.#qmp.execute('device_del', { id: card(at) });
  }

  /** The interface at each slot that is taken, also by a card that the guest is to let go of. */
  async #plugged(): Promise<Map<number, string>> {
    const devices = await this.#qmp.execute('qom-list', { path: DEVICES });
    const names = new Set((devices as { readonly name: string }[]).map(({ name }) => name));
    const plugged = new Map<number, string>();
    for (const at of slots().filter((each) => names.has(card(each)))) {
      const end = { path: `${DEVICES}/${card(at)}`, property: 'netdev' };
      plugged.set(at, String(await this.#qmp.execute('qom-get', end)));
    }
    return plugged;
  }
}

/** The end of a network card that is a tap of this name. */
export function tapEnd(id: string, ifname: string): Readonly<Record<string, unknown>> {
  return { type: 'tap', id, ifname, script: 'no', downscript: 'no' };
}

const DEVICES = '/machine/peripheral';

function slots(): number[] {
  return Array.from({ length: SLOTS }, (_, at) => at + 1);
}

function slot(at: number): string {
  return `slot${at}`;
}

function card(at: number): string {
  return `card${at}`;
}
