/** A region of AWS's commercial partition. */
export interface Region {
  readonly name: string;
  /** Whether an account has to ask for it on AWS. Here every region works from the start. */
  readonly optIn: boolean;
  /** Last letters of its zones' names. */
  readonly zones: string;
}

export interface Zone {
  readonly name: string;
  readonly id: string;
  readonly region: string;
  readonly optIn: boolean;
}

// https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
const OLD_REGIONS: Readonly<Record<string, string>> = {
  'ap-northeast-1': 'acd',
  'ap-northeast-2': 'abcd',
  'ap-northeast-3': 'abc',
  'ap-south-1': 'abc',
  'ap-southeast-1': 'abc',
  'ap-southeast-2': 'abc',
  'ca-central-1': 'abd',
  'eu-central-1': 'abc',
  'eu-north-1': 'abc',
  'eu-west-1': 'abc',
  'eu-west-2': 'abc',
  'eu-west-3': 'abc',
  'sa-east-1': 'abc',
  'us-east-1': 'abcdef',
  'us-east-2': 'abc',
  'us-west-1': 'ac',
  'us-west-2': 'abcd',
};

const OPT_IN_REGIONS = [
  'af-south-1',
  'ap-east-1',
  'ap-east-2',
  'ap-south-2',
  'ap-southeast-3',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-6',
  'ap-southeast-7',
  'ca-west-1',
  'eu-central-2',
  'eu-south-1',
  'eu-south-2',
  'il-central-1',
  'me-central-1',
  'me-south-1',
  'mx-central-1',
];

export const regions: readonly Region[] = [
  ...Object.entries(OLD_REGIONS).map(([name, zones]) => ({ name, zones, optIn: false })),
  ...OPT_IN_REGIONS.map((name) => ({ name, zones: 'abc', optIn: true })),
].toSorted((a, b) => (a.name < b.name ? -1 : 1));

const byName = new Map(regions.map((region) => [region.name, region]));

// Where the numbers of the zone IDs do not simply count the names.
const ZONE_NUMBERS: Readonly<Record<string, readonly number[]>> = {
  'ap-northeast-1': [4, 1, 2],
  'ca-central-1': [1, 2, 4],
  'eu-central-1': [2, 3, 1],
  'eu-west-2': [2, 3, 1],
  'us-west-1': [3, 1],
};

/** The availability zones of a region; three for a region that AWS does not have. */
export function zonesOf(regionName: string): Zone[] {
  const region = byName.get(regionName) ?? { name: regionName, zones: 'abc', optIn: false };
  return region.zones.split('').map((letter, at) => ({
    name: region.name + letter,
    id: `${shortName(region.name)}-az${ZONE_NUMBERS[region.name]?.[at] ?? at + 1}`,
    region: region.name,
    optIn: region.optIn,
  }));
}

/** The group that all zones of a region are in. */
export function zoneGroup({ region }: Zone): string {
  return `${region}-zg-1`;
}

/** As zone IDs begin: `use1` for us-east-1, `apne1` for ap-northeast-1. */
function shortName(region: string): string {
  const [area = '', direction = '', number = ''] = region.split('-');
  const short = direction.replace(
    /^(north|south|east|west|central)(east|west)?$/,
    (_, first: string, second = '') => first[0]! + String(second).slice(0, 1),
  );
  return area + short + number;
}
