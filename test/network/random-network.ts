import * as fc from 'fast-check';

/** The parts that stay as they are; what is random between them has only their names. */
export const SUBNETS = {
  front: { vpc: 'home', cidr: '10.50.1.0/24' },
  back: { vpc: 'home', cidr: '10.50.2.0/24' },
  far: { vpc: 'away', cidr: '10.60.1.0/24' },
} as const;
export const BLOCKS = { home: '10.50.0.0/16', away: '10.60.0.0/16' } as const;
export const MACHINES = {
  web: { subnet: 'front', isPublic: true },
  app: { subnet: 'front', isPublic: false },
  data: { subnet: 'back', isPublic: false },
  peer: { subnet: 'far', isPublic: false },
} as const;

export type SubnetName = keyof typeof SUBNETS;
export type MachineName = keyof typeof MACHINES;

export interface RandomRule {
  readonly of: MachineName;
  readonly egress: boolean;
  readonly protocol: string;
  readonly ports: Ports;
  /** A block, a machine's address, or a machine's group. */
  readonly peer:
    | { readonly block: string }
    | { readonly machine: MachineName }
    | { readonly group: MachineName };
}

export interface RandomEntry {
  readonly of: SubnetName;
  readonly egress: boolean;
  readonly allow: boolean;
  readonly protocol: string;
  readonly ports: Ports;
  readonly peer: { readonly block: string } | { readonly machine: MachineName };
}

export interface RandomRoute {
  readonly of: SubnetName;
  readonly destination: string;
  readonly target: 'peering' | 'internet' | 'nat';
}

export interface RandomNetwork {
  readonly rules: readonly RandomRule[];
  /** In the order of their numbers. */
  readonly entries: readonly RandomEntry[];
  readonly routes: readonly RandomRoute[];
}

type Ports = readonly [number, number];

/** Each has all of the ports that machines send from, or none of them. */
const ports = fc.constantFrom<Ports>(
  [22, 22],
  [8080, 8080],
  [1, 1023],
  [1024, 65_535],
  [0, 65_535],
);
const machine = fc.constantFrom(...(Object.keys(MACHINES) as MachineName[]));
const subnet = fc.constantFrom(...(Object.keys(SUBNETS) as SubnetName[]));
const block = fc.record({
  block: fc.constantFrom(
    ...['0.0.0.0/0', '127.0.0.1/32', '198.18.0.0/15', BLOCKS.home, BLOCKS.away],
    ...Object.values(SUBNETS).map(({ cidr }) => cidr),
  ),
});
const one = fc.record({ machine });
const often = fc.constantFrom(true, true, true, true, true, true, false);

const rule: fc.Arbitrary<RandomRule> = fc
  .record({
    of: machine,
    egress: fc.constantFrom(false, false, true),
    protocol: fc.constantFrom('tcp', 'tcp', 'tcp', 'udp', '-1'),
    ports,
    peer: fc.oneof(block, one, fc.record({ group: machine })),
  })
  .filter(({ of, peer }) => !('group' in peer) || vpcOf(peer.group) === vpcOf(of));

function vpcOf(name: MachineName) {
  return SUBNETS[MACHINES[name].subnet].vpc;
}

const entry: fc.Arbitrary<RandomEntry> = fc.record({
  of: subnet,
  egress: fc.boolean(),
  allow: fc.boolean(),
  protocol: fc.constantFrom('6', '6', '17', '-1'),
  ports,
  peer: fc.oneof(block, one),
});

/** Those of them for which something holds, most often. */
const most = <Each>(all: readonly Each[]) =>
  fc.tuple(...all.map(() => often)).map((holds) => all.filter((_, at) => holds[at]));

const anyone = { protocol: '-1', ports: [0, 65_535] as const, peer: { block: '0.0.0.0/0' } };

const route: fc.Arbitrary<RandomRoute> = fc
  .record({
    of: subnet,
    destination: fc.constantFrom(
      '0.0.0.0/0',
      '198.18.0.0/15',
      '10.0.0.0/8',
      BLOCKS.away,
      BLOCKS.home,
    ),
    target: fc.constantFrom('peering', 'peering', 'internet', 'nat'),
  })
  .filter(({ of, destination, target }) => {
    const isHome = SUBNETS[of].vpc === 'home';
    // A VPC's own block is local; only one VPC has gateways.
    return destination !== BLOCKS[SUBNETS[of].vpc] && (isHome || target === 'peering');
  });

/** What a network that works has. */
const USUAL: readonly RandomRoute[] = [
  { of: 'front', destination: '0.0.0.0/0', target: 'internet' },
  { of: 'front', destination: BLOCKS.away, target: 'peering' },
  { of: 'back', destination: '0.0.0.0/0', target: 'nat' },
  { of: 'back', destination: BLOCKS.away, target: 'peering' },
  { of: 'far', destination: BLOCKS.home, target: 'peering' },
];
const places = { machines: Object.keys(MACHINES), subnets: Object.keys(SUBNETS) } as {
  readonly machines: readonly MachineName[];
  readonly subnets: readonly SubnetName[];
};

/** A network that works, most often, with some of everything put before and beside. */
export const randomNetwork: fc.Arbitrary<RandomNetwork> = fc
  .record({
    rules: fc.array(rule, { minLength: 4, maxLength: 10 }),
    open: fc.subarray([...places.machines], { minLength: 2 }),
    talkative: most(places.machines),
    entries: fc.array(entry, { maxLength: 4 }),
    openInto: most(places.subnets),
    openOutOf: most(places.subnets),
    usual: most(USUAL),
    routes: fc.array(route, { maxLength: 4 }),
  })
  .map(({ rules, open, talkative, entries, openInto, openOutOf, usual, routes }) => ({
    rules: [
      ...rules,
      ...open.map((of) => ({ of, egress: false, ...anyone })),
      ...talkative.map((of) => ({ of, egress: true, ...anyone })),
    ],
    entries: [
      ...entries,
      ...openInto.map((of) => ({ of, egress: false, allow: true, ...anyone })),
      ...openOutOf.map((of) => ({ of, egress: true, allow: true, ...anyone })),
    ],
    routes: distinct([...routes, ...usual]),
  }));

/** The first of those that lead out of a subnet to the same block. */
function distinct(routes: readonly RandomRoute[]): RandomRoute[] {
  return [
    ...new Map(
      routes.toReversed().map((each) => [`${each.of} ${each.destination}`, each]),
    ).values(),
  ];
}

/** All open, with ways for private addresses that end at a gateway. */
export const misled: RandomNetwork = {
  rules: places.machines.flatMap((of) => [
    { of, egress: false, ...anyone },
    { of, egress: true, ...anyone },
  ]),
  entries: places.subnets.flatMap((of) => [
    { of, egress: false, allow: true, ...anyone },
    { of, egress: true, allow: true, ...anyone },
  ]),
  routes: [
    { of: 'front', destination: BLOCKS.away, target: 'internet' },
    { of: 'back', destination: BLOCKS.away, target: 'nat' },
    { of: 'far', destination: BLOCKS.home, target: 'peering' },
  ],
};
