import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Disks } from './disks.ts';
import type { Driver, MachineSpec, MachineState } from './driver.ts';

/** A driver under test: how it is made on a directory, and how its guest is played or asked. */
export interface DriverUnderTest<D extends Driver = Driver> {
  /** Why it cannot be tried here: the suite is skipped, and says so. */
  readonly obstacle?: string | undefined;
  /** Where its machine is published: no other suite's, as they may run at once. */
  readonly publicAddress?: string;
  /** Opens the driver on the one directory of this suite, as a freshly started server would. */
  open(): Promise<D>;
  /** What the machine's console shows once it has started. */
  readonly firstLine: RegExp;
  /** Makes the guest power itself off. */
  powerOffFromInside(driver: D, state: MachineState): Promise<void>;
  /** Leaves a mark on the machine's disk, and looks for it; left out where there is no disk. */
  readonly disk?: {
    mark(state: MachineState): Promise<void>;
    isMarked(state: MachineState): Promise<boolean>;
  };
  /** Where copies of its machines' disks are kept; left out where nothing is. */
  readonly copies?: Disks;
  /**
   * The bytes of disks that are attached, and what a guest says of them; left out where nobody is
   * inside. `shell` gives what a command says that root runs.
   */
  readonly disks?: {
    readonly kept: Disks;
    shell(state: MachineState, command: string): Promise<string>;
  };
  /** What else holds for a machine that has booted; driver by driver. */
  running?(driver: D, state: MachineState): Promise<void>;
  /** What is left of a machine on the host: files and processes. */
  remains(id: string): Promise<string[]>;
  /** Time for one boot on a slow host. */
  readonly bootMs?: number;
}

export const specOf = (id: string): MachineSpec => ({
  id,
  image: 'tiny',
  architecture: 'x86_64',
  vcpus: 1,
  memoryMib: 96,
  rootDiskGib: 1,
  hostname: 'ip-172-31-16-5',
  macAddress: '02:00:ac:1f:10:05',
  privateAddress: '172.31.16.5',
  subnetCidr: '172.31.16.0/20',
  vpcId: 'vpc-0123456789abcdef0',
  interfaceId: 'eni-0123456789abcdef0',
  publicAddress: '127.64.16.5',
});

/** Where its addresses, and the door that its ID gives it, are nobody else's. */
const anotherOf = ({ publicAddress }: MachineSpec) => ({
  id: 'i-0123456789abcdef1',
  vpcId: 'vpc-0123456789abcdef1',
  ...(publicAddress && { publicAddress: publicAddress.replace(/\d+$/, '77') }),
});

/** What every driver must keep. One machine goes through its life, so that it boots few times. */
export function describeDriver<D extends Driver>(name: string, subject: DriverUnderTest<D>): void {
  const { publicAddress } = subject;
  const spec = { ...specOf('i-0123456789abcdef0'), ...(publicAddress && { publicAddress }) };
  const bootMs = subject.bootMs ?? 5_000;

  const { obstacle } = subject;
  if (obstacle !== undefined) console.warn(`SKIPPED: ${name} keeps the contract. ${obstacle}`);
  describe.skipIf(obstacle !== undefined)(`${name} keeps the driver's contract`, () => {
    let driver: D;

    beforeAll(async () => {
      driver = await subject.open();
    });

    afterAll(async () => {
      await driver.destroy(spec.id);
      await driver.close();
    });

    /** As it is found in the list, and alone. */
    async function stateOf(id: string): Promise<MachineState | undefined> {
      const listed = (await driver.list()).find((state) => state.id === id);
      expect(await driver.find(id)).toEqual(listed);
      return listed;
    }

    async function running(): Promise<MachineState> {
      const state = await stateOf(spec.id);
      expect(state?.power).toBe('on');
      return state!;
    }

    test('says how many more machines the host carries', async () => {
      const smallest = await driver.capacity({ vcpus: 1, memoryMib: 128 });
      expect(smallest).toBeGreaterThanOrEqual(1);
      expect(await driver.capacity({ vcpus: 1, memoryMib: 1024 })).toBeLessThanOrEqual(smallest);
    });

    test('a machine that is not there cannot be started, stopped or read', async () => {
      await expect(driver.start('i-00000000000000000')).rejects.toThrow('i-00000000000000000');
      const size = { vcpus: 1, memoryMib: 128 };
      await expect(driver.resize('i-00000000000000000', size)).rejects.toThrow(
        'i-00000000000000000',
      );
      await expect(driver.stop('i-00000000000000000', 0)).rejects.toThrow('i-00000000000000000');
      await expect(driver.reboot('i-00000000000000000')).rejects.toThrow('i-00000000000000000');
      await expect(driver.console('i-00000000000000000')).rejects.toThrow('i-00000000000000000');
    });

    test('create makes one machine, powered off, however often it is repeated', async () => {
      await driver.create(spec);
      await driver.create(spec);
      expect(await driver.list()).toMatchObject([{ id: spec.id, power: 'off' }]);
    });

    test('start powers on and the console has the first line', { timeout: bootMs }, async () => {
      await driver.start(spec.id);
      await driver.start(spec.id);
      await running();
      await expect
        .poll(async () => Buffer.from(await driver.console(spec.id)).toString(), {
          timeout: bootMs,
        })
        .toMatch(subject.firstLine);
    });

    test('the next process finds the machine running', { timeout: bootMs }, async () => {
      const before = await running();
      await driver.close();
      driver = await subject.open();
      expect(await stateOf(spec.id)).toEqual(before);
      expect(Buffer.from(await driver.console(spec.id)).toString()).toMatch(subject.firstLine);
    });

    test('the guest is as it was ordered', { timeout: bootMs }, async ({ skip }) => {
      if (!subject.running) skip('nothing boots in this driver');
      await expect(subject.running?.(driver, await running())).resolves.toBeUndefined();
    });

    test('disks come and go while it runs', { timeout: bootMs }, async ({ skip }) => {
      const [id, device] = ['vol-0123456789abcdef0', '/dev/sdf'];
      await subject.disks?.kept.create(id, 1);
      const attached = driver.attach(spec.id, { id, device });
      const taken = await attached.then(
        () => true,
        () => false,
      );
      expect(taken).toBe((await driver.probe()).promises.hotPlug);
      if (!taken) return skip('its machines have no disks but their own');
      await driver.attach(spec.id, { id, device });
      const { disks } = subject;
      if (!disks) return skip('nobody is inside who could say');
      const shell = async (command: string) => await disks.shell(await running(), command);
      const size = 'i=0; until [ -b /dev/sdf ] || [ $((i += 1)) = 50 ]; do sleep 0.1; done';
      expect(await shell(`${size}; blockdev --getsize64 /dev/sdf`)).toBe(`${2 ** 30}\n`);
      await shell('mkfs -t ext4 -q /dev/sdf && mount /dev/sdf /mnt && echo kept >/mnt/mark');
      await disks.kept.resize(id, 2);
      await driver.grow(spec.id, id);
      expect(await shell('cd /sys/block; until [ $(cat sda/size) = 4194304 ]; do :; done')).toBe(
        '',
      );
      await shell('umount /mnt');
      await driver.detach(spec.id, id);
      await driver.detach(spec.id, id);
      const gone = 'i=0; while [ -b /dev/sda ] && [ $((i += 1)) -lt 50 ]; do sleep 0.1; done';
      expect(await shell(`${gone}; ls /dev | grep -c "^sd\\|^xvd"; true`)).toBe('0\n');
      await driver.attach(spec.id, { id, device: '/dev/xvdg' });
    });

    test('stop and start keep the disk, and give a new size', { timeout: 2 * bootMs }, async () => {
      const unasked: MachineState[] = [];
      const unwatch = driver.watch((state) => unasked.push(state));
      await subject.disk?.mark(await running());
      await driver.stop(spec.id, bootMs);
      await driver.stop(spec.id, bootMs);
      expect(await stateOf(spec.id)).toMatchObject({ power: 'off' });
      await driver.resize(spec.id, { vcpus: 1, memoryMib: 128 });
      await driver.start(spec.id);
      expect((await running()).given).toEqual({ vcpus: 1, memoryMib: 128 });
      expect(await subject.disk?.isMarked(await running())).not.toBe(false);
      const mount = 'mount /dev/sdg /mnt && cat /mnt/mark && umount /mnt';
      expect(await subject.disks?.shell(await running(), mount)).toBeOneOf(['kept\n', undefined]);
      unwatch();
      expect(unasked).toEqual([]);
    });

    test(
      'another machine begins as a copy of its disk',
      { timeout: 2 * bootMs },
      async ({ skip }) => {
        const copy = 'snap-0123456789abcdef0';
        await driver.copyDisk?.(spec.id, undefined, copy);
        await driver.copyDisk?.(spec.id, undefined, copy);
        const { copies, disk } = subject;
        if (!copies || !disk) return skip('no bytes are kept that it could be made of');
        expect(await disk.isMarked(await running())).toBe(true);
        const other = { ...spec, ...anotherOf(spec), rootDisk: copy };
        try {
          await driver.create(other);
          await copies.remove(copy);
          await driver.start(other.id);
          expect(await disk.isMarked((await stateOf(other.id))!)).toBe(true);
        } finally {
          await driver.destroy(other.id);
        }
        expect(await disk.isMarked(await running())).toBe(true);
      },
    );

    test('its root disk grows while it is on', { timeout: bootMs }, async () => {
      const gib = spec.rootDiskGib + 1;
      await driver.growRoot(spec.id, gib);
      await driver.growRoot(spec.id, gib);
      const sectors = await subject.disks?.shell(await running(), 'cat /sys/block/vda/size');
      expect(sectors).toBeOneOf([`${gib * 2 ** 21}\n`, undefined]);
    });

    test('reboot leaves the machine running', { timeout: 2 * bootMs }, async () => {
      await driver.reboot(spec.id);
      expect(await subject.disk?.isMarked(await running())).not.toBe(false);
    });

    test("a guest's own poweroff is noticed", { timeout: bootMs }, async () => {
      const noticed = new Promise<MachineState>((resolve) => driver.watch(resolve));
      await subject.powerOffFromInside(driver, await running());
      expect(await noticed).toMatchObject({ id: spec.id, power: 'off' });
      expect(await stateOf(spec.id)).toMatchObject({ power: 'off' });
    });

    test('destroy leaves nothing, however often it is repeated', async () => {
      await driver.start(spec.id);
      expect(await subject.remains(spec.id)).not.toEqual([]);
      await driver.destroy(spec.id);
      await driver.destroy(spec.id);
      expect(await driver.list()).toEqual([]);
      expect(await subject.remains(spec.id)).toEqual([]);
      expect(await subject.disks?.kept.list()).toBeOneOf([['vol-0123456789abcdef0'], undefined]);
    });
  });
}
