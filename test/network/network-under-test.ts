import {
  AcceptVpcPeeringConnectionCommand,
  AllocateAddressCommand,
  AssociateRouteTableCommand,
  AttachInternetGatewayCommand,
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateInternetGatewayCommand,
  CreateNatGatewayCommand,
  CreateNetworkAclCommand,
  CreateNetworkAclEntryCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateVpcPeeringConnectionCommand,
  DeleteNetworkAclEntryCommand,
  DeleteRouteCommand,
  DescribeNetworkAclsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupRulesCommand,
  ReplaceNetworkAclAssociationCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import {
  BLOCKS,
  MACHINES,
  SUBNETS,
  type MachineName,
  type RandomEntry,
  type RandomNetwork,
  type RandomRoute,
  type RandomRule,
  type SubnetName,
} from './random-network.ts';
import type { Machine, VpcUnderTest } from './vpc-under-test.ts';

/** Two VPCs that are peers, with machines; their rules and routes change from round to round. */
export class NetworkUnderTest {
  readonly #net: VpcUnderTest;
  readonly machines = {} as Record<MachineName, Machine>;
  readonly #groups = {} as Record<MachineName, string>;
  readonly #tables = {} as Record<SubnetName, string>;
  readonly #acls = {} as Record<SubnetName, string>;
  gateway = '';
  #nat = '';
  #peering = '';

  private constructor(net: VpcUnderTest) {
    this.#net = net;
  }

  static async build(net: VpcUnderTest): Promise<NetworkUnderTest> {
    const network = new NetworkUnderTest(net);
    await network.#build();
    return network;
  }

  /** Puts this in place of all rules, entries and routes that there are. */
  async settle({ rules, entries, routes }: RandomNetwork): Promise<void> {
    await this.#setRules(rules);
    await this.#setEntries(entries);
    await this.#setRoutes(routes);
  }

  async #build(): Promise<void> {
    const { ec2 } = this.#net;
    const vpcs = {
      home: await this.#net.vpc(BLOCKS.home),
      away: await this.#net.vpc(BLOCKS.away),
    };
    const peers = { VpcId: vpcs.home, PeerVpcId: vpcs.away };
    const { VpcPeeringConnection } = await ec2.send(new CreateVpcPeeringConnectionCommand(peers));
    this.#peering = VpcPeeringConnection?.VpcPeeringConnectionId ?? '';
    const accepted = { VpcPeeringConnectionId: this.#peering };
    await ec2.send(new AcceptVpcPeeringConnectionCommand(accepted));
    const subnets = {} as Record<SubnetName, string>;
    for (const name of Object.keys(SUBNETS) as SubnetName[]) {
      const { vpc, cidr } = SUBNETS[name];
      subnets[name] = await this.#net.subnet(vpcs[vpc], cidr);
      await this.#ruleSubnet(name, subnets[name], vpcs[vpc]);
    }
    await this.#connect(vpcs.home);
    await Promise.all(
      (Object.keys(MACHINES) as MachineName[]).map(async (name) => {
        const { subnet, isPublic } = MACHINES[name];
        this.#groups[name] = await this.#net.group(vpcs[SUBNETS[subnet].vpc], name);
        this.machines[name] = await this.#net.launch(subnets[subnet], this.#groups[name], isPublic);
      }),
    );
  }

  /** Gives a subnet a route table and an ACL of its own; one stays with its VPC's main table. */
  async #ruleSubnet(name: SubnetName, SubnetId: string, VpcId: string): Promise<void> {
    const { ec2 } = this.#net;
    if (name === 'back') this.#tables[name] = await this.#net.mainTable(VpcId);
    else {
      const { RouteTable } = await ec2.send(new CreateRouteTableCommand({ VpcId }));
      const RouteTableId = RouteTable?.RouteTableId ?? '';
      await ec2.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId }));
      this.#tables[name] = RouteTableId;
    }
    const { NetworkAcls: [before] = [] } = await ec2.send(
      new DescribeNetworkAclsCommand({
        Filters: [{ Name: 'association.subnet-id', Values: [SubnetId] }],
      }),
    );
    const AssociationId = before?.Associations?.find(
      (each) => each.SubnetId === SubnetId,
    )?.NetworkAclAssociationId;
    const { NetworkAcl } = await ec2.send(new CreateNetworkAclCommand({ VpcId }));
    const NetworkAclId = NetworkAcl?.NetworkAclId ?? '';
    await ec2.send(new ReplaceNetworkAclAssociationCommand({ AssociationId, NetworkAclId }));
    this.#acls[name] = NetworkAclId;
  }

  /** An internet gateway, and a NAT gateway in a subnet without machines that has a route to it. */
  async #connect(VpcId: string): Promise<void> {
    const { ec2 } = this.#net;
    const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}));
    this.gateway = InternetGateway?.InternetGatewayId ?? '';
    const attachment = { InternetGatewayId: this.gateway, VpcId };
    await ec2.send(new AttachInternetGatewayCommand(attachment));
    const SubnetId = await this.#net.subnet(VpcId, '10.50.3.0/24');
    const { RouteTable } = await ec2.send(new CreateRouteTableCommand({ VpcId }));
    const RouteTableId = RouteTable?.RouteTableId ?? '';
    await ec2.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId }));
    const everywhere = { RouteTableId, DestinationCidrBlock: '0.0.0.0/0', GatewayId: this.gateway };
    await ec2.send(new CreateRouteCommand(everywhere));
    const { AllocationId } = await ec2.send(new AllocateAddressCommand({}));
    const { NatGateway } = await ec2.send(new CreateNatGatewayCommand({ SubnetId, AllocationId }));
    this.#nat = NatGateway?.NatGatewayId ?? '';
  }

  async #setRules(rules: readonly RandomRule[]): Promise<void> {
    const { ec2 } = this.#net;
    for (const name of Object.keys(MACHINES) as MachineName[]) {
      const GroupId = this.#groups[name];
      const { SecurityGroupRules = [] } = await ec2.send(
        new DescribeSecurityGroupRulesCommand({
          Filters: [{ Name: 'group-id', Values: [GroupId] }],
        }),
      );
      const standing = (egress: boolean) =>
        SecurityGroupRules.filter(({ IsEgress }) => IsEgress === egress).map(
          ({ SecurityGroupRuleId }) => SecurityGroupRuleId!,
        );
      const [ingress, egress] = [standing(false), standing(true)];
      if (ingress.length > 0) {
        const gone = { GroupId, SecurityGroupRuleIds: ingress };
        await ec2.send(new RevokeSecurityGroupIngressCommand(gone));
      }
      if (egress.length > 0) {
        const gone = { GroupId, SecurityGroupRuleIds: egress };
        await ec2.send(new RevokeSecurityGroupEgressCommand(gone));
      }
    }
    const distinct = new Map(
      rules.map((rule) => [JSON.stringify([rule.of, rule.egress, this.#permission(rule)]), rule]),
    );
    for (const rule of distinct.values()) {
      const request = { GroupId: this.#groups[rule.of], IpPermissions: [this.#permission(rule)] };
      const command = rule.egress
        ? new AuthorizeSecurityGroupEgressCommand(request)
        : new AuthorizeSecurityGroupIngressCommand(request);
      await ec2.send(command as AuthorizeSecurityGroupIngressCommand);
    }
  }

  #permission({ protocol: IpProtocol, ports: [FromPort, ToPort], peer }: RandomRule) {
    const range = IpProtocol === '-1' ? {} : { FromPort, ToPort };
    if ('group' in peer) {
      const UserIdGroupPairs = [{ GroupId: this.#groups[peer.group] }];
      return { IpProtocol, ...range, UserIdGroupPairs };
    }
    return { IpProtocol, ...range, IpRanges: [{ CidrIp: this.#blockOf(peer) }] };
  }

  async #setEntries(entries: readonly RandomEntry[]): Promise<void> {
    const { ec2 } = this.#net;
    const NetworkAclIds = Object.values(this.#acls);
    const { NetworkAcls = [] } = await ec2.send(new DescribeNetworkAclsCommand({ NetworkAclIds }));
    for (const { NetworkAclId, Entries = [] } of NetworkAcls) {
      for (const { RuleNumber = 0, Egress } of Entries) {
        if (RuleNumber > 1000) continue;
        const gone = { NetworkAclId, RuleNumber, Egress };
        await ec2.send(new DeleteNetworkAclEntryCommand(gone));
      }
    }
    for (const [at, { of, egress: Egress, allow, protocol, ports, peer }] of entries.entries()) {
      const entry = {
        ...{ NetworkAclId: this.#acls[of], RuleNumber: 10 + at, Egress, Protocol: protocol },
        ...({ RuleAction: allow ? 'allow' : 'deny', CidrBlock: this.#blockOf(peer) } as const),
        ...(protocol !== '-1' && { PortRange: { From: ports[0], To: ports[1] } }),
      };
      await ec2.send(new CreateNetworkAclEntryCommand(entry));
    }
  }

  async #setRoutes(routes: readonly RandomRoute[]): Promise<void> {
    const { ec2 } = this.#net;
    const RouteTableIds = Object.values(this.#tables);
    const { RouteTables = [] } = await ec2.send(new DescribeRouteTablesCommand({ RouteTableIds }));
    for (const { RouteTableId, Routes = [] } of RouteTables) {
      for (const { DestinationCidrBlock, GatewayId } of Routes) {
        if (GatewayId === 'local') continue;
        await ec2.send(new DeleteRouteCommand({ RouteTableId, DestinationCidrBlock }));
      }
    }
    const targets = {
      peering: { VpcPeeringConnectionId: this.#peering },
      internet: { GatewayId: this.gateway },
      nat: { NatGatewayId: this.#nat },
    };
    for (const { of, destination, target } of routes) {
      const to = { RouteTableId: this.#tables[of], DestinationCidrBlock: destination };
      await ec2.send(new CreateRouteCommand({ ...to, ...targets[target] }));
    }
  }

  #blockOf(peer: { readonly block: string } | { readonly machine: MachineName }): string {
    return 'block' in peer ? peer.block : `${this.machines[peer.machine].address}/32`;
  }
}
