/**
 * Families of instance types as compact columns; `instance-types.ts` unfolds them.
 * https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-specs.html
 */
export interface Family {
  readonly name: string;
  readonly architectures: readonly ('i386' | 'x86_64' | 'arm64')[];
  readonly manufacturer: 'Intel' | 'AMD' | 'AWS';
  readonly clockGhz: number;
  /** Hardware threads of a core where that is not one. */
  readonly threads?: 2;
  readonly hypervisor: 'nitro' | 'xen';
  readonly sizes: readonly Size[];
}

export interface Size {
  readonly name: string;
  readonly vcpus: number;
  readonly memoryMib: number;
  /** As AWS words it, e.g. `Up to 12.5 Gigabit`. */
  readonly network: string;
  readonly interfaces: number;
  readonly addressesPerInterface: number;
  readonly ebs?: EbsLimits;
}

export interface EbsLimits {
  readonly baselineMbps: number;
  readonly baselineIops: number;
  readonly maximumMbps: number;
  readonly maximumIops: number;
}

type Row = Omit<Family, 'sizes'> & { readonly plan: Plan };

/** What families of one generation have in common, size by size; `|` parts the columns. */
interface Plan {
  /** size | Gbit/s, `u` for "up to" | EBS Mbit/s | EBS IOPS */
  readonly rows: string;
  /** Up to where small sizes may go for half an hour a day. */
  readonly burst: { readonly mbps: number; readonly iops: number };
}

const FIFTH: Plan = {
  rows: `large|u10|650|3600 xlarge|u10|1150|6000 2xlarge|u10|2300|12000 4xlarge|u10|4750|18750
    8xlarge|10|6800|30000 12xlarge|12|9500|40000 16xlarge|20|13600|60000 24xlarge|25|19000|80000
    metal:24|25|19000|80000`,
  burst: { mbps: 4750, iops: 18_750 },
};
const FIFTH_COMPUTE: Plan = {
  rows: `large|u10|650|4000 xlarge|u10|1150|6000 2xlarge|u10|2300|10000 4xlarge|u10|4750|20000
    9xlarge|12|9500|40000 12xlarge|12|9500|40000 18xlarge|25|19000|80000 24xlarge|25|19000|80000
    metal:24|25|19000|80000`,
  burst: { mbps: 4750, iops: 20_000 },
};
const SIXTH_INTEL: Plan = {
  rows: `large|u12.5|650|3600 xlarge|u12.5|1250|6000 2xlarge|u12.5|2500|12000 4xlarge|u12.5|5000|20000
    8xlarge|12.5|10000|40000 12xlarge|18.75|15000|60000 16xlarge|25|20000|80000
    24xlarge|37.5|30000|120000 32xlarge|50|40000|160000 metal:32|50|40000|160000`,
  burst: { mbps: 10_000, iops: 40_000 },
};
const SIXTH_AMD: Plan = {
  rows: `large|u12.5|650|3600 xlarge|u12.5|1250|6000 2xlarge|u12.5|2500|12000 4xlarge|u12.5|5000|20000
    8xlarge|12.5|10000|40000 12xlarge|18.75|15000|60000 16xlarge|25|20000|80000
    24xlarge|37.5|30000|120000 32xlarge|50|40000|160000 48xlarge|50|40000|240000 metal:48|50|40000|240000`,
  burst: { mbps: 10_000, iops: 40_000 },
};
const SIXTH_ARM: Plan = {
  rows: `medium|u10|315|2500 large|u10|630|3600 xlarge|u10|1188|6000 2xlarge|u10|2375|12000
    4xlarge|u10|4750|20000 8xlarge|12|9500|40000 12xlarge|20|14250|60000 16xlarge|25|19000|80000
    metal:16|25|19000|80000`,
  burst: { mbps: 4750, iops: 20_000 },
};
const SEVENTH_INTEL: Plan = {
  rows: `large|u12.5|650|3600 xlarge|u12.5|1250|6000 2xlarge|u12.5|2500|12000 4xlarge|u12.5|5000|20000
    8xlarge|12.5|10000|40000 12xlarge|18.75|15000|60000 16xlarge|25|20000|80000
    24xlarge|37.5|30000|120000 48xlarge|50|40000|240000 metal-24xl:24|37.5|30000|120000
    metal-48xl:48|50|40000|240000`,
  burst: { mbps: 10_000, iops: 40_000 },
};
const SEVENTH_AMD: Plan = {
  rows: `medium|u12.5|325|2500 large|u12.5|650|3600 xlarge|u12.5|1250|6000 2xlarge|u12.5|2500|12000
    4xlarge|u12.5|5000|20000 8xlarge|12.5|10000|40000 12xlarge|18.75|15000|60000
    16xlarge|25|20000|80000 24xlarge|37.5|30000|120000 32xlarge|50|40000|160000
    48xlarge|50|40000|240000 metal-48xl:48|50|40000|240000`,
  burst: { mbps: 10_000, iops: 40_000 },
};
const SEVENTH_ARM: Plan = {
  rows: `medium|u12.5|315|2500 large|u12.5|630|3600 xlarge|u12.5|1250|6000 2xlarge|u15|2500|12000
    4xlarge|u15|5000|20000 8xlarge|15|10000|40000 12xlarge|22.5|15000|60000 16xlarge|30|20000|80000
    metal:16|30|20000|80000`,
  burst: { mbps: 10_000, iops: 40_000 },
};
const EIGHTH_ARM: Plan = {
  rows: `medium|u12.5|315|2500 large|u12.5|630|3600 xlarge|u12.5|1250|6000 2xlarge|u15|2500|12000
    4xlarge|u15|5000|20000 8xlarge|15|10000|40000 12xlarge|22.5|15000|60000 16xlarge|30|20000|80000
    24xlarge|40|30000|120000 48xlarge|50|40000|240000 metal-24xl:24|40|30000|120000
    metal-48xl:48|50|40000|240000`,
  burst: { mbps: 10_000, iops: 40_000 },
};

const intel = {
  architectures: ['x86_64'],
  manufacturer: 'Intel',
  threads: 2,
  hypervisor: 'nitro',
} as const;
const amd = { ...intel, manufacturer: 'AMD' } as const;
const graviton = { architectures: ['arm64'], manufacturer: 'AWS', hypervisor: 'nitro' } as const;

const ROWS: readonly Row[] = [
  { name: 'm5', ...intel, clockGhz: 3.1, plan: FIFTH },
  { name: 'c5', ...intel, clockGhz: 3.4, plan: FIFTH_COMPUTE },
  { name: 'r5', ...intel, clockGhz: 3.1, plan: FIFTH },
  ...['m6i', 'c6i', 'r6i'].map((name) => ({ name, ...intel, clockGhz: 3.5, plan: SIXTH_INTEL })),
  ...['m6a', 'c6a', 'r6a'].map((name) => ({ name, ...amd, clockGhz: 3.6, plan: SIXTH_AMD })),
  ...['m6g', 'c6g', 'r6g'].map((name) => ({ name, ...graviton, clockGhz: 2.5, plan: SIXTH_ARM })),
  ...['m7i', 'c7i', 'r7i'].map((name) => ({ name, ...intel, clockGhz: 3.2, plan: SEVENTH_INTEL })),
  // One vCPU is one core in this generation of AMD's.
  ...['m7a', 'c7a', 'r7a'].map((name) => ({
    name,
    architectures: ['x86_64'] as const,
    manufacturer: 'AMD' as const,
    hypervisor: 'nitro' as const,
    clockGhz: 3.7,
    plan: SEVENTH_AMD,
  })),
  ...['m7g', 'c7g', 'r7g'].map((name) => ({ name, ...graviton, clockGhz: 2.6, plan: SEVENTH_ARM })),
  ...['m8g', 'c8g', 'r8g'].map((name) => ({ name, ...graviton, clockGhz: 2.8, plan: EIGHTH_ARM })),
];

const GIB_PER_VCPU: Readonly<Record<string, number>> = { c: 2, m: 4, r: 8 };

export const families: readonly Family[] = [
  ...burstable(),
  ...ROWS.map(({ plan, ...family }) => ({
    ...family,
    sizes: plan.rows.split(/\s+/).map((row) => size(row, plan, GIB_PER_VCPU[family.name[0]!]!)),
  })),
];

function size(row: string, { burst }: Plan, gibPerVcpu: number): Size {
  const [sizeName = '', gigabits = '', mbps = '', iops = ''] = row.split('|');
  const [name = '', multiple] = sizeName.split(':');
  const vcpus = multiple ? Number(multiple) * 4 : vcpusOf(name);
  const upTo = gigabits.startsWith('u');
  return {
    name,
    vcpus,
    memoryMib: vcpus * gibPerVcpu * 1024,
    network: upTo ? `Up to ${gigabits.slice(1)} Gigabit` : `${gigabits} Gigabit`,
    ...interfacesOf(vcpus),
    ebs: {
      baselineMbps: Number(mbps),
      baselineIops: Number(iops),
      maximumMbps: Math.max(Number(mbps), burst.mbps),
      maximumIops: Math.max(Number(iops), burst.iops),
    },
  };
}

function vcpusOf(name: string): number {
  if (name === 'medium') return 1;
  if (name === 'large') return 2;
  return 4 * (Number.parseInt(name, 10) || 1);
}

function interfacesOf(vcpus: number): Pick<Size, 'interfaces' | 'addressesPerInterface'> {
  if (vcpus === 1) return { interfaces: 2, addressesPerInterface: 4 };
  if (vcpus === 2) return { interfaces: 3, addressesPerInterface: 10 };
  if (vcpus <= 8) return { interfaces: 4, addressesPerInterface: 15 };
  if (vcpus <= 48) return { interfaces: 8, addressesPerInterface: 30 };
  return { interfaces: 15, addressesPerInterface: 50 };
}

/** The T families: their sizes follow no rule. Columns: size, vCPUs, MiB, interfaces, addresses, EBS. */
function burstable(): Family[] {
  const columns = {
    old: `nano|1|512|2|2 micro|1|1024|2|2 small|1|2048|3|4 medium|2|4096|3|6 large|2|8192|3|12
      xlarge|4|16384|3|15 2xlarge|8|32768|3|15`,
    nitro: `nano|2|512|2|2|43 micro|2|1024|2|2|87 small|2|2048|3|4|174 medium|2|4096|3|6|347
      large|2|8192|3|12|695 xlarge|4|16384|4|15|695 2xlarge|8|32768|4|15|695`,
    amd: `nano|2|512|2|2|45 micro|2|1024|2|2|90 small|2|2048|3|4|175 medium|2|4096|3|6|350
      large|2|8192|3|12|695 xlarge|4|16384|4|15|695 2xlarge|8|32768|4|15|695`,
  };
  return [
    {
      name: 't2',
      architectures: ['i386', 'x86_64'],
      manufacturer: 'Intel',
      hypervisor: 'xen',
      clockGhz: 2.4,
      sizes: columns.old.split(/\s+/).map(burstableSize),
    },
    { name: 't3', ...intel, clockGhz: 2.5, sizes: columns.nitro.split(/\s+/).map(burstableSize) },
    { name: 't3a', ...amd, clockGhz: 2.2, sizes: columns.amd.split(/\s+/).map(burstableSize) },
    {
      name: 't4g',
      ...graviton,
      clockGhz: 2.5,
      sizes: columns.nitro.split(/\s+/).map(burstableSize),
    },
  ];
}

function burstableSize(row: string, at: number): Size {
  const [name = '', vcpus, memoryMib, interfaces, addresses, mbps] = row.split('|');
  const big = at >= 4;
  return {
    name,
    vcpus: Number(vcpus),
    memoryMib: Number(memoryMib),
    network: mbps ? 'Up to 5 Gigabit' : at >= 5 ? 'Moderate' : 'Low to Moderate',
    interfaces: Number(interfaces),
    addressesPerInterface: Number(addresses),
    ...(mbps && {
      ebs: {
        baselineMbps: Number(mbps),
        baselineIops: Math.min(250 * 2 ** at, 4000),
        maximumMbps: big ? 2780 : 2085,
        maximumIops: big ? 15_700 : 11_800,
      },
    }),
  };
}
