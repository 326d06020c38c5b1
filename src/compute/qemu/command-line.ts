import type { MachineSpec } from '../driver.ts';
import type { Accelerator, Verdict } from './accelerator.ts';
import { METADATA_SOCKET_RELAY } from './metadata-relay.ts';
import type { PowerOn } from '../machine-folder.ts';
import type { MachineFiles } from './machine-files.ts';
import { DISK_BUS } from './plugged-disks.ts';

export const QEMU = 'qemu-system-x86_64';

/** The smallest machine that QEMU has; ACPI so that a kernel finds its devices and power button. */
const BOARD = [
  ['-M', 'microvm,x-option-roms=off,rtc=on,acpi=on'],
  ['-nodefaults', '-no-user-config'],
  ['-display', 'none'],
];
export const METADATA_ADDRESS = '169.254.169.254';
/** The guest tells its link to the metadata service by this address. */
const METADATA_MAC = '02:00:a9:fe:a9:fe';

/** How a processor is given: the host's own, or one emulated with a small cache of translated code. */
function processor(accelerator: Accelerator): string[] {
  return accelerator === 'kvm'
    ? ['-accel', 'kvm', '-cpu', 'host']
    : ['-accel', 'tcg,tb-size=32', '-cpu', 'max'];
}

interface Boot {
  readonly verdict: Verdict;
  readonly kernelArguments: string;
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
  { verdict, kernelArguments, tap, waiting }: Boot,
): string[] {
  const { vcpus, memoryMib } = powerOn.given;
  return [
    ['-name', spec.id, '-pidfile', files.path('qemu.pid')],
    ...BOARD,
    processor(verdict.accelerator),
    ['-smp', String(vcpus), '-m', String(memoryMib)],
    ['-kernel', 'kernel', '-initrd', 'initrd'],
    ['-append', `console=ttyS0 panic=60 ${clock(verdict)} ${kernelArguments}`],
    ['-chardev', 'file,id=console,path=console.log,append=on', '-serial', 'chardev:console'],
    ['-qmp', 'unix:qmp.sock,server=on,wait=off'],
    ['-blockdev', JSON.stringify(ROOT_DISK), '-device', 'virtio-blk-device,drive=root'],
    ['-device', `virtio-scsi-device,id=${DISK_BUS}`],
    ['-netdev', JSON.stringify(tap ? tapLink(tap) : instanceLink(spec, powerOn))],
    ['-device', `virtio-net-device,netdev=instance,mac=${spec.macAddress}`],
    ['-netdev', JSON.stringify(METADATA_LINK)],
    ['-device', `virtio-net-device,netdev=metadata,mac=${METADATA_MAC}`],
    [
      '-object',
      'rng-random,id=host,filename=/dev/urandom',
      '-device',
      'virtio-rng-device,rng=host',
    ],
    waiting ? ['-S', '-incoming', 'defer'] : [],
  ].flat();
}

/** An emulated guest cannot measure time when the host is busy as it boots: it hangs, or doubts its clock. */
function clock({ tscKhz }: Verdict): string {
  return tscKhz === undefined ? '' : `no_timer_check tsc=reliable tsc_early_khz=${tscKhz}`;
}

/** The arguments that boot nothing but a kernel, its console on standard output. */
export function kernelOnly(kernel: string, accelerator: Accelerator): string[] {
  return [
    ...BOARD,
    processor(accelerator),
    ['-m', '128', '-no-reboot', '-kernel', kernel, '-serial', 'stdio'],
    ['-append', 'console=ttyS0 earlyprintk=ttyS0 panic=-1'],
  ].flat();
}

/** The arguments that run a ROM on an emulated processor, its serial line on standard input and output. */
export function timerOnly(rom: string): string[] {
  return [...BOARD, processor('tcg'), ['-m', '16', '-bios', rom, '-serial', 'stdio']].flat();
}

const ROOT_DISK = {
  driver: 'raw',
  'node-name': 'root',
  discard: 'unmap',
  file: { driver: 'file', filename: 'root.raw', discard: 'unmap' },
};

function tapLink(ifname: string): object {
  return { type: 'tap', id: 'instance', ifname, script: 'no', downscript: 'no' };
}

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
