import type { Disks } from './disks.ts';
import type { Driver, DriverName, Promises } from './driver.ts';
import type { ServicePorts } from './network/host-firewall.ts';
import type { VpcPlan } from './network/vpc-plan.ts';

/** Answers the link-local metadata service for one machine. */
export interface MetadataSource {
  /**
   * What the machine may read at `path` (e.g. `meta-data/local-ipv4`, without version, leading and
   * trailing slash; `` is the top): a leaf's text, user data's bytes, a directory's children one a
   * line, or undefined where there is nothing (404).
   */
  read(machine: string, path: string): Promise<string | Uint8Array | undefined>;
  /** Options of the machine's metadata service; undefined for a machine that is not known. */
  options(
    machine: string,
  ): Promise<{ readonly enabled: boolean; readonly tokens: 'required' | 'optional' } | undefined>;
}

/** The networks that the machines are in. */
export interface PacketNetwork {
  /** Has packets meet these plans, of every VPC that has machines, and removes what is there of others. */
  settle(plans: readonly VpcPlan[]): Promise<void>;
  /** Leads what machines send to AWS's services to these ports of the host's loopback address. */
  offer(ports: ServicePorts): Promise<void>;
}

/** The machines of one cloud, most of them of the driver that was chosen for it. */
export interface Compute {
  /** All machines; its name and what it says of itself are the chosen driver's. */
  readonly driver: Driver;
  /** The driver of this name, which a machine of it has been found with; the chosen one without. */
  of(name: DriverName | undefined): Driver;
  /**
   * The driver of this name, for a machine that is to be made.
   *
   * @throws Error where it does not work here, with the reason
   */
  usable(name: DriverName): Promise<Driver>;
  /** The bytes of its volumes. */
  readonly disks: Disks;
  /** The folder of the host whose files clients may bring in as disks; it need not exist. */
  readonly importFolder: string;
  /** What carries the packets of its VPCs; undefined where networks are only recorded. */
  readonly network?: PacketNetwork;
  /** Why nothing boots, where that was not asked for: a sentence for the start-up banner. */
  readonly warning?: string;
  /** Hands in who knows the metadata; called once, by the EC2 service. */
  serveMetadata(source: MetadataSource): void;
  /** Each driver, usable or why not. May take some seconds the first time after the host booted. */
  doctor(): Promise<Diagnosis>;
  close(): Promise<void>;
}

/** What `alacarte doctor` and the console show of this host, the best driver first. */
export interface Diagnosis {
  readonly drivers: readonly DriverDiagnosis[];
}

export interface DriverDiagnosis {
  readonly name: DriverName;
  /** Whether this cloud's machines are its. */
  readonly chosen: boolean;
  readonly usable: boolean;
  /** One plain sentence. */
  readonly reason: string;
  /** Absent for a driver that is not built yet. */
  readonly promises?: Promises;
}
