import { createHash } from 'node:crypto';
import type { MachineId, MachineSpec } from '../driver.ts';
import type { Board } from '../images/image.ts';
import type { Accelerator, Verdict } from './accelerator.ts';
import { METADATA_SOCKET_RELAY } from './metadata-relay.ts';
import type { PowerOn } from '../machine-folder.ts';
import type { MachineFiles } from './machine-files.ts';
import { cardSlots, tapEnd } from './plugged-cards.ts';
import { DISK_BUS, ROOT_NODE } from './plugged-disks.ts';

export const QEMU = 'qemu-system-x86_64';

/** ACPI so that a kernel finds its devices and power button, PCI for network cards that come later. */
const MACHINES: Readonly<Record<Board, string>> = {
  microvm: 'microvm,x-option-roms=off,rtc=on,acpi=on,pcie=on',
  q35: 'q35',
};
/** The firmware of a microvm does not say that the kernel may look after its slots itself. */
const HOT_PLUG = 'pcie_ports=native';
/** How a device is on its bus. */
const BUS: Readonly<Record<Board, string>> = { microvm: 'device', q35: 'pci' };

function machine(board: Board): string[] {
  return ['-M', MACHINES[board], '-nodefaults', '-no-user-config', '-display', 'none'];
}
export const METADATA_ADDRESS = '169.254.169.254';
/** The guest tells its link to the metadata service by this address. */
const METADATA_CARD = 'netdev=metadata,mac=02:00:a9:fe:a9:fe';

/** How a processor is given: the host's own, or one emulated with a small cache of translated code. */
function processor(accelerator: Accelerator): string[] {
  return accelerator === 'kvm'
    ? ['-accel', 'kvm', '-cpu', 'host']
    : ['-accel', 'tcg,tb-size=32', '-cpu', 'max'];
}

interface Boot {
  readonly verdict: Verdict;
  readonly board: Board;
  /** undefined where the root disk has a boot loader of its own. */
  readonly kernelArguments: string | undefined;
  /** The device by which it is in its VPC; undefined for a network of its own. */
  readonly tap?: string;
  /** Whether the guest does not boot and waits for the memory of another. */
  readonly waiting: boolean;
}

/** QEMU's arguments for a machine; its working directory is the machine's folder. */
export function commandLine(
  spec: MachineSpec,
  files: MachineFiles,
  powerOn: PowerOn,
  { verdict, board, kernelArguments, tap, waiting }: Boot,
): string[] {
  const { vcpus, memoryMib } = powerOn.given;
  const device = (kind: string, options: string) => [
    '-device',
    `virtio-${kind}-${BUS[board]},${options}`,
  ];
  // In its VPC a guest asks there; but one of a microvm asks who it is before it has an address.
  const hasMetadataLink = tap === undefined || board === 'microvm';
  return [
    ['-name', spec.id, '-pidfile', files.path('qemu.pid')],
    machine(board),
    board === 'q35' ? firmwareTables(spec.id) : [],
    processor(verdict.accelerator),
    ['-smp', String(vcpus), '-m', String(memoryMib)],
    kernelArguments === undefined ? [] : kernel(`${clock(verdict)} ${HOT_PLUG} ${kernelArguments}`),
    ['-chardev', 'file,id=console,path=console.log,append=on', '-serial', 'chardev:console'],
    ['-qmp', 'unix:qmp.sock,server=on,wait=off'],
    ['-blockdev', JSON.stringify(ROOT_DISK), ...device('blk', `drive=${ROOT_NODE}`)],
    device('scsi', `id=${DISK_BUS}`),
    ['-netdev', JSON.stringify(tap ? tapEnd('instance', tap) : instanceLink(spec, powerOn))],
    device('net', `netdev=instance,mac=${spec.macAddress}`),
    hasMetadataLink
      ? ['-netdev', JSON.stringify(METADATA_LINK), ...device('net', METADATA_CARD)]
      : [],
    ['-object', 'rng-random,id=host,filename=/dev/urandom', ...device('rng', 'rng=host')],
    cardSlots(),
    waiting ? ['-S', '-incoming', 'defer'] : [],
  ].flat();
}

/**
 * What the firmware says of the machine: cloud-init takes it for an instance of EC2 where product UUID
 * and serial number are the same and begin with `ec2`.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/identify_ec2_instances.html
 */
function firmwareTables(id: MachineId): string[] {
  const digits = createHash('sha256').update(id).digest('hex');
  const uuid = `ec2${digits.slice(0, 5)}-${[5, 9, 13].map((at) => digits.slice(at, at + 4)).join('-')}-${digits.slice(17, 29)}`;
  return ['-smbios', `type=1,manufacturer=Amazon EC2,uuid=${uuid},serial=${uuid}`];
}

function kernel(args: string): string[] {
  const say = `console=ttyS0 panic=60 ${args}`;
  return ['-kernel', 'kernel', '-initrd', 'initrd', '-append', say];
}

/** An emulated guest cannot measure time when the host is busy as it boots: it hangs, or doubts its clock. */
function clock({ tscKhz }: Verdict): string {
  return tscKhz === undefined ? '' : `no_timer_check tsc=reliable tsc_early_khz=${tscKhz}`;
}

/** The arguments that boot nothing but a kernel, its console on standard output. */
export function kernelOnly(file: string, accelerator: Accelerator): string[] {
  return [
    machine('microvm'),
    processor(accelerator),
    ['-m', '128', '-no-reboot', '-kernel', file, '-serial', 'stdio'],
    ['-append', 'console=ttyS0 earlyprintk=ttyS0 panic=-1'],
  ].flat();
}

/** The arguments that run a ROM on an emulated processor, its serial line on standard input and output. */
export function timerOnly(rom: string): string[] {
  return [
    machine('microvm'),
    processor('tcg'),
    ['-m', '16', '-bios', rom, '-serial', 'stdio'],
  ].flat();
}

const ROOT_DISK = {
  driver: 'raw',
  'node-name': ROOT_NODE,
  discard: 'unmap',
  file: { driver: 'file', filename: 'root.raw', discard: 'unmap' },
};

/** The subnet as the guest sees it: the router is its first address, the resolver its second. */
function instanceLink(spec: MachineSpec, { published }: PowerOn): object {
  const [network = '', prefix] = spec.subnetCidr.split('/');
  return {
    type: 'user',
    id: 'instance',
    net: `${network}/${prefix}`,
    host: addressAt(network, 1),
    dns: addressAt(network, 2),
    dhcpstart: spec.privateAddress,
    hostname: spec.hostname,
    hostfwd: Object.entries(published).map(([port, to]) => ({
      str: `tcp:${to.host}:${to.port}-${spec.privateAddress}:${port}`,
    })),
  };
}

/** A network of its own, since QEMU forwards only addresses inside a network, and closed but for it. */
const METADATA_LINK = {
  type: 'user',
  id: 'metadata',
  net: '169.254.0.0/16',
  host: '169.254.0.1',
  dns: '169.254.0.2',
  dhcpstart: '169.254.0.15',
  restrict: true,
  guestfwd: [{ str: `tcp:${METADATA_ADDRESS}:80-cmd:${METADATA_SOCKET_RELAY}` }],
};

function addressAt(network: string, offset: number): string {
  const value = network.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0) + offset;
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');
}
