import type {
  DhcpOptions,
  InternetGateway,
  NetworkAcl,
  RouteTable,
  SecurityGroup,
  SecurityGroupRule,
  Subnet,
} from '@aws-sdk/client-ec2';
import type { Ids } from '../../../../kernel/ids.ts';
import type { Engine } from '../../../../storage/engine.ts';
import { Records, set, transact, type Slot } from '../../../../storage/records.ts';
import type { Place } from '../place.ts';
import { defaultNetwork, type VpcRecord } from './default-network.ts';

/** A security group with the number of changes that its rules have seen. */
export interface SecurityGroupRecord extends SecurityGroup {
  readonly revision?: number;
}

/** What is recorded of an account's networks, in the wire's shapes without tags. */
interface Recorded {
  vpc: VpcRecord;
  subnet: Subnet;
  'security-group': SecurityGroupRecord;
  'security-group-rule': SecurityGroupRule;
  'internet-gateway': InternetGateway;
  'route-table': RouteTable;
  'network-acl': NetworkAcl;
  'dhcp-options': DhcpOptions;
}

/** Networks by account and region. A region's default network is made durable when first needed. */
export class Networks {
  readonly #store: Engine;
  readonly #ids: Ids;
  readonly #made: Records<{ readonly vpcId: string }>;
  readonly #known = new Set<string>();

  constructor(store: Engine, ids: Ids) {
    this.#store = store;
    this.#ids = ids;
    this.#made = new Records(store, 'ec2', 'default-network');
  }

  /** Everything of one kind, the default network's included. */
  async list<Type extends keyof Recorded>(type: Type, place: Place): Promise<Recorded[Type][]> {
    await this.#ensureDefault(place);
    return this.#records(type).list(place.account, place.region);
  }

  async get<Type extends keyof Recorded>(
    type: Type,
    place: Place,
    id: string,
  ): Promise<Recorded[Type] | undefined> {
    await this.#ensureDefault(place);
    return this.#records(type).get(place.account, place.region, id);
  }

  /** The place of one record, to be named in `transact`. */
  at<Type extends keyof Recorded>(
    type: Type,
    { account, region }: Place,
    id: string,
  ): Slot<Recorded[Type]> {
    return this.#records(type).at(account, region, id);
  }

  #records<Type extends keyof Recorded>(type: Type): Records<Recorded[Type]> {
    return new Records<Recorded[Type]>(this.#store, 'ec2', type);
  }

  async #ensureDefault(place: Place): Promise<void> {
    const { account, region } = place;
    const name = `${account}/${region}`;
    if (this.#known.has(name)) return;
    const mark = this.#made.at(account, region);
    const fresh = defaultNetwork(place, this.#ids);
    const put = <Type extends keyof Recorded>(type: Type, id: string, record: Recorded[Type]) =>
      set(this.#records(type).at(account, region, id), record);
    await transact(this.#store, [mark], (made) => {
      if (made) return { writes: [], result: undefined };
      const writes = [
        set(mark, { vpcId: fresh.vpc.VpcId! }),
        put('vpc', fresh.vpc.VpcId!, fresh.vpc),
        ...fresh.subnets.map((each) => put('subnet', each.SubnetId!, each)),
        put('security-group', fresh.securityGroup.GroupId!, fresh.securityGroup),
        ...fresh.securityGroupRules.map((each) =>
          put('security-group-rule', each.SecurityGroupRuleId!, each),
        ),
        put('internet-gateway', fresh.internetGateway.InternetGatewayId!, fresh.internetGateway),
        put('route-table', fresh.routeTable.RouteTableId!, fresh.routeTable),
        put('network-acl', fresh.networkAcl.NetworkAclId!, fresh.networkAcl),
        put('dhcp-options', fresh.dhcpOptions.DhcpOptionsId!, fresh.dhcpOptions),
      ];
      return { writes, result: undefined };
    });
    this.#known.add(name);
  }
}
