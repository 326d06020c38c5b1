import type { Realization } from '../kernel/operation.ts';
import type { DiskId } from './disks.ts';

/**
 * A kitchen for machines: what EC2 needs of QEMU, namespaces, containers or a mock.
 * `driver.contract.ts` is what every driver must pass. All calls are idempotent: a workflow step
 * may repeat them after a crash.
 *
 * A driver owns the directory it was made with: whichever process opens that directory next finds
 * the machines in it, running or not, and carries on with them.
 */
export interface Driver {
  readonly name: DriverName;
  readonly realization: Realization;
  /** What a copy of a machine's root disk is; undefined where none can be made. */
  readonly rootCopies?: RootCopy;
  /** Whether its machines can have disks beside their root disk. */
  readonly takesDisks: boolean;

  /** Whether it works on this host and what it can promise. Cached by the driver where that costs. */
  probe(): Promise<Probe>;

  /**
   * One sentence on why it has nothing to start a machine of this image with, and cannot get it now;
   * undefined where it has or nothing is known against it.
   *
   * @param image as in `MachineSpec`
   */
  whyNotBootable(image: string): Promise<string | undefined>;

  /** How many more machines of this size the host carries at this moment; Infinity where nothing boots. */
  capacity(size: MachineSize): Promise<number>;

  /** Makes the machine's disk and records, powered off. A machine that exists already is left as it is. */
  create(spec: MachineSpec): Promise<void>;
  /** Gives the machine another size, from its next power-on. */
  resize(id: MachineId, size: MachineSize): Promise<void>;
  /** Powers on; resolves when the machine's processor runs, not when its system has booted. */
  start(id: MachineId): Promise<void>;
  /** Asks the guest to shut down, and pulls the plug after `graceMs` of host time (0: at once). */
  stop(id: MachineId, graceMs: number): Promise<void>;
  /** Restarts the guest: as on AWS, a clean shutdown first, the plug after a grace time. */
  reboot(id: MachineId): Promise<void>;
  /**
   * Sends a machine that is on an interrupt that its kernel cannot mask, if it has one of its own.
   * Resolves to whether it has.
   */
  interrupt(id: MachineId): Promise<boolean>;
  /**
   * Gives a machine a disk, at once where it is on, and at each power-on from then. One that it has
   * is left as it is. Refused by a driver that does not promise `hotPlug`.
   */
  attach(id: MachineId, disk: MachineDisk): Promise<void>;
  /** Takes a disk away, at once where the machine is on; the guest is not asked. Absent is done. */
  detach(id: MachineId, disk: DiskId): Promise<void>;
  /** Lets the guest know that a disk has become larger. */
  grow(id: MachineId, disk: DiskId): Promise<void>;
  /**
   * Makes a machine's root disk larger, and lets the guest know where it is on. Where that is files and
   * no disk, its size is only recorded.
   */
  growRoot(id: MachineId, gib: number): Promise<void>;
  /**
   * Copies a disk of a machine as it is at one moment, its root disk where none is named, into a disk
   * of its own. One that exists already is left as it is. Absent where `rootCopies` is.
   */
  copyDisk?(id: MachineId, disk: DiskId | undefined, to: DiskId): Promise<void>;
  /** Removes machine, its root disk and processes, none of what was attached; absent is done. */
  destroy(id: MachineId): Promise<void>;

  /** Every machine of this driver that is found on the host, whichever process made it. */
  list(): Promise<MachineState[]>;
  /** One of them; undefined where there is none of this ID. */
  find(id: MachineId): Promise<MachineState | undefined>;
  /** Serial output since the last power-on, oldest first, at most the last 64 KiB. */
  console(id: MachineId): Promise<Uint8Array>;
  /** Calls back when a machine's power changed without being asked: a guest's poweroff, a crash. */
  watch(listener: (state: MachineState) => void): () => void;
  /** Lets go without stopping machines, so that the next process can adopt them. */
  close(): Promise<void>;
}

export const DRIVER_NAMES = ['qemu', 'namespaces', 'docker', 'mock'] as const;
export type DriverName = (typeof DRIVER_NAMES)[number];
/** A disk's bytes, or what a machine has changed in its image's files. */
export type RootCopy = 'raw' | 'layer';
/** An EC2 instance ID. */
export type MachineId = string;

export interface Probe {
  readonly usable: boolean;
  /** One plain sentence: why it is not usable, or how it runs, e.g. `Linux boots on KVM`. */
  readonly reason: string;
  readonly promises: Promises;
}

/** What a driver can keep of EC2's behaviour, as data for `alacarte doctor` and the console. */
export interface Promises {
  readonly ownKernel: boolean;
  /** Whether the guest has its private address; machines that reach each other are `subnet`. */
  readonly privateAddress: boolean;
  /** Whether machines of a VPC reach each other at their private addresses. */
  readonly subnet: boolean;
  readonly securityGroups: boolean;
  readonly hotPlug: boolean;
  /** Whether 169.254.169.254 answers inside. */
  readonly metadata: boolean;
}

export interface MachineSize {
  readonly vcpus: number;
  readonly memoryMib: number;
}

export interface MachineSpec extends MachineSize {
  readonly id: MachineId;
  /** Which driver is to make it, where that is not the cloud's first. */
  readonly driver?: DriverName;
  /** Names an entry of the image catalogue, e.g. `tiny`. */
  readonly image: string;
  readonly architecture: 'x86_64' | 'arm64';
  readonly rootDiskGib: number;
  /** The copy of a root disk that its own begins as, in place of the image's. */
  readonly rootDisk?: DiskId;
  readonly hostname: string;
  readonly macAddress: string;
  readonly privateAddress: string;
  /** The subnet's block, e.g. `172.31.16.0/20`; its first address is the router. */
  readonly subnetCidr: string;
  /** Who tells it names, as its VPC's DHCP options have it; Amazon's resolver if left out. */
  readonly dhcp?: {
    /** Addresses, and `AmazonProvidedDNS` for the VPC's own resolver. */
    readonly nameServers: readonly string[];
    /** What completes short names: domains with spaces between them. */
    readonly domainName?: string;
  };
  /** `vpc-…`: machines of one VPC are on one network, where the driver has one. */
  readonly vpcId: string;
  /** `eni-…` */
  readonly interfaceId: string;
  /** What is attached beside the root disk. */
  readonly disks?: readonly MachineDisk[];
  /** An address of this host's loopback block on which the machine's ports are published. */
  readonly publicAddress?: string;
}

/** One of `Disks`, as a machine has it. */
export interface MachineDisk {
  readonly id: DiskId;
  /** What the API calls it there, e.g. `/dev/sdf`. */
  readonly device: string;
}

export interface MachineState {
  readonly id: MachineId;
  readonly power: 'on' | 'off';
  /** Where port 22 of the machine is reached from the host, while it is on. */
  readonly ssh?: HostPort;
  /** Every port of the machine that is published on the host, by the guest's port, while it is on. */
  readonly published?: Readonly<Record<number, HostPort>>;
  /** What the machine was given of the host, which may be less than its instance type has. */
  readonly given?: MachineSize;
}

export interface HostPort {
  readonly host: string;
  readonly port: number;
}
