import type { Driver, HostPort, MachineSpec } from '../../../../compute/driver.ts';
import type { DiskId } from '../../../../compute/disks.ts';
import { InTurn } from '../../../../compute/in-turn.ts';
import type { Instance, InstanceRef } from '../instances/instance.ts';
import type { Instances } from '../instances/instances.ts';
import { hostName } from '../instances/names.ts';
import { dhcpOf } from '../network/dhcp.ts';
import type { Networks } from '../network/networks.ts';
import { partWithInterfaces } from '../interfaces/parting.ts';
import { reasons } from '../instances/states.ts';
import type { Tags } from '../tags.ts';
import type { VolumeAttachments } from '../volumes/attachments.ts';
import { outlasts } from '../volumes/root-volume.ts';
import type { Log } from '../../../../kernel/log.ts';

/** What the root disk of a machine begins as. */
interface NewRoot {
  /** Of which its kernel is; as before where left out. */
  readonly imageKey?: string;
  /** What it is a copy of; a fresh one of the image where undefined. */
  readonly rootDisk: DiskId | undefined;
}

/** How long a guest has to shut down before the plug is pulled, in host time. */
const SHUTDOWN_GRACE_MS = 30_000;

/**
 * Brings the driver's machines in line with what is recorded of instances, one step of one
 * instance at a time. Every step looks at the record first and may be repeated.
 */
export class Machines {
  readonly #instances: Instances;
  readonly #networks: Networks;
  readonly #driver: Driver;
  readonly #attachments: VolumeAttachments;
  readonly #tags: Tags;
  readonly #log: Log;
  readonly #inTurn = new InTurn();

  constructor(parts: {
    readonly instances: Instances;
    readonly networks: Networks;
    readonly driver: Driver;
    readonly attachments: VolumeAttachments;
    readonly tags: Tags;
    readonly log: Log;
  }) {
    this.#instances = parts.instances;
    this.#networks = parts.networks;
    this.#driver = parts.driver;
    this.#attachments = parts.attachments;
    this.#tags = parts.tags;
    this.#log = parts.log;
  }

  /** Makes the machine of a pending instance, powered off. */
  create(ref: InstanceRef): Promise<void> {
    return this.#whilePending(ref, async (instance) => {
      await this.#attachments.makeDisksOf(instance);
      const dhcp = await dhcpOf(this.#networks, instance, instance.network.vpcId);
      await this.#driver.create({ ...machineSpec(instance), dhcp });
    });
  }

  /** Makes the machine of an instance anew that is off, on another root disk. */
  remake(ref: InstanceRef, root: NewRoot): Promise<void> {
    return this.#inTurn.run(ref.id, async () => {
      const instance = await this.#instances.get(ref);
      if (!instance || isEnding(instance)) return;
      await this.#driver.destroy(ref.id);
      const dhcp = await dhcpOf(this.#networks, instance, instance.network.vpcId);
      await this.#driver.create({ ...machineSpec(withRoot(instance, root)), dhcp });
    });
  }

  powerOn(ref: InstanceRef): Promise<void> {
    return this.#whilePending(ref, async ({ id, vcpus, memoryMib }) => {
      // Its type may have changed while it was stopped.
      await this.#driver.resize(id, { vcpus, memoryMib });
      await this.#driver.start(id);
    });
  }

  recordRunning(ref: InstanceRef): Promise<void> {
    return this.#whilePending(ref, async (pending) => {
      const ssh = await this.#sshElsewhere(pending);
      await this.#instances.update(ref, (instance) =>
        instance.state === 'pending'
          ? { ...instance, state: 'running', ...(ssh && { ssh }) }
          : undefined,
      );
      await this.#attachments.launched(pending);
    });
  }

  /** Takes a launch back: nothing is left on the host, and the instance says why it is gone. */
  abandonLaunch(ref: InstanceRef, why: string): Promise<void> {
    return this.#inTurn.run(ref.id, async () => {
      const instance = await this.#instances.get(ref);
      await this.#remove(ref, instance);
      // A launch that the user ended keeps the user's reason.
      const failed = instance?.state === 'pending' && {
        stateReason: reasons.launchFailed(why),
        transitionReason: 'Server.InternalError',
      };
      await this.#recordTerminated(ref, failed || {});
    });
  }

  /** Takes a start back: the machine is off, and the instance stopped as it was. */
  abandonStart(ref: InstanceRef, why: string): Promise<void> {
    return this.#inTurn.run(ref.id, async () => {
      const instance = await this.#instances.get(ref);
      if (instance?.state !== 'pending') return;
      if (await this.#driver.find(ref.id)) await this.#driver.stop(ref.id, 0);
      await this.#instances.update(ref, (now) =>
        now.state === 'pending'
          ? {
              ...now,
              state: 'stopped',
              stateReason: reasons.startFailed(why),
              transitionReason: 'Server.InternalError',
            }
          : undefined,
      );
    });
  }

  /** Does something to a machine that nothing else is done to meanwhile. */
  inTurn(ref: InstanceRef, work: () => Promise<void>): Promise<void> {
    return this.#inTurn.run(ref.id, work);
  }

  /** Switches off the machine of an instance that goes on being `running`, as its `offFor` says. */
  async switchOffFor(ref: InstanceRef | undefined): Promise<void> {
    if (!ref) return;
    await this.inTurn(ref, async () => {
      const isOn = (await this.#driver.find(ref.id))?.power === 'on';
      if (isOn) await this.#driver.stop(ref.id, SHUTDOWN_GRACE_MS);
    });
  }

  /** Switches it on again, unless it is to stay off or another image needs it off. */
  async switchOnAfter(ref: InstanceRef | undefined, imageId: string): Promise<void> {
    if (!ref) return;
    await this.inTurn(ref, async () => {
      const before = await this.#instances.get(ref);
      const others = before?.offFor?.filter((id) => id !== imageId) ?? [];
      const isToRun = before?.state === 'running' && others.length === 0;
      if (isToRun) await this.#driver.start(ref.id);
      const ssh = isToRun ? await this.#sshElsewhere(before) : before?.ssh;
      await this.#instances.update(ref, (now) => {
        const { offFor = [], ssh: _, ...kept } = now;
        const left = offFor.filter((id) => id !== imageId);
        return { ...kept, ...(left.length > 0 && { offFor: left }), ...(ssh && { ssh }) };
      });
    });
  }

  reboot(ref: InstanceRef): Promise<void> {
    return this.#inTurn.run(ref.id, async () => {
      const instance = await this.#instances.get(ref);
      if (instance?.state === 'running') await this.#driver.reboot(ref.id);
    });
  }

  /** Carries out what the record says is wanted: off while `stopping`, gone while `shutting-down`. */
  settle(ref: InstanceRef): Promise<void> {
    return this.#inTurn.run(ref.id, async () => {
      const instance = await this.#instances.get(ref);
      if (instance?.state === 'stopping') await this.#stop(instance);
      if (instance?.state === 'shutting-down') {
        await this.#removeKeeping(instance);
        await this.#recordTerminated(ref);
      }
    });
  }

  /** A machine that is off though its instance runs: the guest shut down, or the host did. */
  foundOff(ref: InstanceRef, cause: 'guest' | 'unknown'): Promise<void> {
    return this.#inTurn.run(ref.id, async () => {
      const instance = await this.#instances.get(ref);
      if (instance?.state !== 'running' || instance.offFor) return;
      if ((await this.#driver.find(ref.id))?.power === 'on') return;
      this.#log.info({ instance: ref.id, cause }, 'machine is off');
      if (cause === 'guest' && instance.settings.shutdownBehavior === 'terminate') {
        await this.#removeKeeping(instance);
        await this.#recordTerminated(ref, {
          stateReason: reasons.instanceInitiated,
          transitionReason: '',
        });
      } else {
        const stateReason = cause === 'guest' ? reasons.instanceInitiated : reasons.machineFoundOff;
        await this.#recordStopped(ref, { stateReason, transitionReason: '' });
      }
    });
  }

  /** Removes a machine that no instance owns any more. */
  removeOrphan(id: string): Promise<void> {
    return this.#inTurn.run(id, async () => {
      const owner = await this.#instances.owner(id);
      if (owner && owner.state !== 'terminated') return;
      this.#log.warn({ machine: id }, 'removing a machine that no instance owns');
      await this.#driver.destroy(id);
    });
  }

  async #stop(instance: Instance): Promise<void> {
    const machine = await this.#driver.find(instance.id);
    if (machine?.power === 'on') await this.#driver.stop(instance.id, SHUTDOWN_GRACE_MS);
    await this.#recordStopped(instance, {});
  }

  async #recordStopped(ref: InstanceRef, change: Partial<Instance>): Promise<void> {
    await this.#instances.update(ref, (instance) => {
      if (instance.state !== 'stopping' && instance.state !== 'running') return undefined;
      const { ssh: _, ...kept } = instance;
      return { ...kept, ...change, state: 'stopped' };
    });
  }

  async #recordTerminated(ref: InstanceRef, change: Partial<Instance> = {}): Promise<void> {
    const [instances, networks, tags] = [this.#instances, this.#networks, this.#tags];
    const interfaces = await partWithInterfaces(ref, { instances, networks, tags });
    await instances.terminated(ref, change, interfaces);
  }

  async #remove({ id }: InstanceRef, instance: Instance | undefined): Promise<void> {
    await this.#driver.destroy(id);
    if (instance) await this.#attachments.release(instance);
  }

  /** The same for an instance that has been: what is to outlast it is written and kept. */
  async #removeKeeping(instance: Instance): Promise<void> {
    if (outlast(instance)) {
      const isOn = (await this.#driver.find(instance.id))?.power === 'on';
      if (isOn) await this.#driver.stop(instance.id, SHUTDOWN_GRACE_MS);
      await this.#attachments.keepRoot(instance);
    }
    await this.#remove(instance, instance);
  }

  #whilePending(ref: InstanceRef, work: (instance: Instance) => Promise<void>): Promise<void> {
    return this.#inTurn.run(ref.id, async () => {
      const instance = await this.#instances.get(ref);
      if (instance?.state === 'running') return;
      if (instance?.state !== 'pending') {
        throw new Error(`${ref.id} is ${instance?.state ?? 'gone'}: nothing is to be started`);
      }
      await work(instance);
    });
  }

  async #sshElsewhere({ id, network }: Instance): Promise<HostPort | undefined> {
    const ssh = (await this.#driver.find(id))?.ssh;
    return ssh && (ssh.host !== network.publicAddress || ssh.port !== 22) ? ssh : undefined;
  }
}

function isEnding({ state }: Instance): boolean {
  return state === 'shutting-down' || state === 'terminated';
}

/** Whether a volume of it is to outlast it. */
function outlast({ volumes, attached = [] }: Instance): boolean {
  return volumes.some(outlasts) || attached.some(({ deleteOnTermination }) => !deleteOnTermination);
}

function withRoot(instance: Instance, { imageKey, rootDisk }: NewRoot): Instance {
  const { rootDisk: _, ...kept } = instance;
  return {
    ...kept,
    ...(imageKey !== undefined && { imageKey }),
    ...(rootDisk !== undefined && { rootDisk }),
  };
}

function machineSpec(instance: Instance): MachineSpec {
  const { network } = instance;
  const root = instance.volumes.find((each) => each.deviceName === instance.rootDeviceName);
  return {
    id: instance.id,
    ...(instance.driver && { driver: instance.driver }),
    image: instance.imageKey,
    architecture: instance.architecture,
    vcpus: instance.vcpus,
    memoryMib: instance.memoryMib,
    rootDiskGib: root?.gib ?? 1,
    ...(instance.rootDisk !== undefined && { rootDisk: instance.rootDisk }),
    hostname: hostName(network.privateAddress),
    macAddress: network.macAddress,
    privateAddress: network.privateAddress,
    subnetCidr: network.subnetCidr,
    vpcId: network.vpcId,
    interfaceId: network.interfaceId,
    ...(network.publicAddress && { publicAddress: network.publicAddress }),
    ...(instance.attached && {
      disks: instance.attached.map(({ volumeId, device }) => ({ id: volumeId, device })),
    }),
  };
}
