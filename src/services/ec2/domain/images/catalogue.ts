/** One image of the catalogue; `images.ts` shows it in the wire's shape, region by region. */
export interface CatalogueEntry {
  /** What drivers know it by, and what its IDs are made from: never changed. */
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly owner: { readonly id: string; readonly alias?: string };
  readonly architecture: 'x86_64' | 'arm64';
  /** ISO 8601 */
  readonly created: string;
  readonly rootDevice: string;
  readonly rootGib: number;
  readonly volumeType: 'gp2' | 'gp3';
  readonly ephemeralDevices?: readonly string[];
  readonly requiresImdsV2: boolean;
  /** SSM public parameters that name it. */
  readonly parameters: readonly string[];
}

type Architecture = CatalogueEntry['architecture'];

const AMAZON = { id: '137112412989', alias: 'amazon' };
const DEBIAN = { id: '136693071363' };
const CANONICAL = { id: '099720109477' };
const ALACARTE = { id: '100000000001', alias: 'alacarte' };

/**
 * The images that data sources and public parameters of real projects look for. Those that are fetched from
 * their vendors are of the releases that compute/images/fetched/vendors.ts has.
 */
export const catalogue: readonly CatalogueEntry[] = [
  tiny(),
  ...(['x86_64', 'arm64'] as const).flatMap((architecture) => [
    amazonLinux2023(architecture, ''),
    amazonLinux2023(architecture, 'minimal-'),
    amazonLinux2(architecture),
    debian('12', 'bookworm', architecture),
    debian('13', 'trixie', architecture),
    ubuntu('24.04', 'noble', '20260926', 'gp3', architecture),
    ubuntu('22.04', 'jammy', '20260826', 'gp2', architecture),
  ]),
];

function tiny(): CatalogueEntry {
  return {
    key: 'tiny',
    name: 'alacarte-tiny-1-x86_64',
    description: 'A small Linux that boots in seconds: busybox and an SSH server',
    owner: ALACARTE,
    architecture: 'x86_64',
    created: '2026-11-01T00:00:00.000Z',
    rootDevice: '/dev/xvda',
    rootGib: 1,
    volumeType: 'gp3',
    requiresImdsV2: false,
    parameters: ['/aws/service/alacarte/tiny'],
  };
}

function amazonLinux2023(architecture: Architecture, variant: '' | 'minimal-'): CatalogueEntry {
  const version = '2023.12.20260909.0';
  const minimal = variant ? 'minimal ' : '';
  return {
    key: `al2023-${variant}${architecture}`,
    name: `al2023-ami-${variant}${version}-kernel-6.1-${architecture}`,
    description: `Amazon Linux 2023 ${minimal}AMI ${version} ${architecture} HVM kernel-6.1`,
    owner: AMAZON,
    architecture,
    created: '2026-09-10T22:08:41.000Z',
    rootDevice: '/dev/xvda',
    rootGib: variant ? 2 : 8,
    volumeType: 'gp3',
    requiresImdsV2: true,
    parameters: ['default', '6.1'].map(
      (kernel) =>
        `/aws/service/ami-amazon-linux-latest/al2023-ami-${variant}kernel-${kernel}-${architecture}`,
    ),
  };
}

function amazonLinux2(architecture: Architecture): CatalogueEntry {
  const version = '2.0.20251027.1';
  return {
    key: `amzn2-${architecture}`,
    name: `amzn2-ami-hvm-${version}-${architecture}-gp2`,
    description: `Amazon Linux 2 AMI ${version} ${architecture} HVM gp2`,
    owner: AMAZON,
    architecture,
    created: '2025-10-28T20:17:03.000Z',
    rootDevice: '/dev/xvda',
    rootGib: 8,
    volumeType: 'gp2',
    requiresImdsV2: false,
    parameters: [`/aws/service/ami-amazon-linux-latest/amzn2-ami-hvm-${architecture}-gp2`],
  };
}

function debian(release: string, codename: string, architecture: Architecture): CatalogueEntry {
  const debianName = architecture === 'x86_64' ? 'amd64' : 'arm64';
  const version = '20251112-2294';
  return {
    key: `debian-${release}-${debianName}`,
    name: `debian-${release}-${debianName}-${version}`,
    description: `Debian ${release} ${codename} (${version})`,
    owner: DEBIAN,
    architecture,
    created: '2025-11-12T13:31:27.000Z',
    rootDevice: '/dev/xvda',
    rootGib: 8,
    volumeType: 'gp3',
    requiresImdsV2: false,
    parameters: [`/aws/service/debian/release/${release}/latest/${debianName}`],
  };
}

function ubuntu(
  release: string,
  codename: string,
  serial: string,
  volumeType: 'gp2' | 'gp3',
  architecture: Architecture,
): CatalogueEntry {
  const debianName = architecture === 'x86_64' ? 'amd64' : 'arm64';
  const folder = volumeType === 'gp3' ? 'hvm-ssd-gp3' : 'hvm-ssd';
  return {
    key: `ubuntu-${release}-${debianName}`,
    name: `ubuntu/images/${folder}/ubuntu-${codename}-${release}-${debianName}-server-${serial}`,
    description: `Canonical, Ubuntu, ${release}, ${debianName} ${codename} image`,
    owner: CANONICAL,
    architecture,
    created: `${serial.slice(0, 4)}-${serial.slice(4, 6)}-${serial.slice(6)}T10:03:12.000Z`,
    rootDevice: '/dev/sda1',
    rootGib: 8,
    volumeType,
    ephemeralDevices: ['/dev/sdb', '/dev/sdc'],
    requiresImdsV2: false,
    parameters: [release, codename].map(
      (name) =>
        `/aws/service/canonical/ubuntu/server/${name}/stable/current/${debianName}/hvm/ebs-${volumeType}/ami-id`,
    ),
  };
}
