import {
  AssociateRouteTableCommand,
  AttachInternetGatewayCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateInternetGatewayCommand,
  CreateNetworkAclEntryCommand,
  CreateNetworkInsightsPathCommand,
  type CreateNetworkInsightsPathCommandInput,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DeleteNetworkAclEntryCommand,
  DeleteNetworkInsightsAnalysisCommand,
  DeleteNetworkInsightsPathCommand,
  DescribeNetworkAclsCommand,
  DescribeNetworkInsightsAnalysesCommand,
  DescribeSubnetsCommand,
  DetachInternetGatewayCommand,
  EC2Client,
  RunInstancesCommand,
  StartNetworkInsightsAnalysisCommand,
  StopInstancesCommand,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';

let cloud: TestCloud;
let ec2: EC2Client;
let VpcId: string;
let front: string;
let web: Machine;
let app: Machine;
let igw: string;
let acl: string;

interface Machine {
  readonly id: string;
  readonly card: string;
  readonly group: string;
  readonly address: string;
}

beforeAll(async () => {
  cloud = await startTestCloud();
  ec2 = cloud.client(EC2Client);
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  VpcId = Vpc!.VpcId!;
  front = await subnet('10.0.1.0/24');
  const back = await subnet('10.0.2.0/24');
  web = await launch(front, 'web', true);
  app = await launch(back, 'app');
  const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}));
  igw = InternetGateway!.InternetGatewayId!;
  await ec2.send(new AttachInternetGatewayCommand({ VpcId, InternetGatewayId: igw }));
  const ofVpc = { Filters: [{ Name: 'vpc-id', Values: [VpcId] }] };
  const { NetworkAcls } = await ec2.send(new DescribeNetworkAclsCommand(ofVpc));
  acl = NetworkAcls![0]!.NetworkAclId!;
});
afterAll(() => cloud[Symbol.asyncDispose]());

async function subnet(CidrBlock: string): Promise<string> {
  return (await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock }))).Subnet!.SubnetId!;
}

async function launch(SubnetId: string, name: string, isPublic = false): Promise<Machine> {
  const group = { VpcId, GroupName: name, Description: name };
  const { GroupId } = await ec2.send(new CreateSecurityGroupCommand(group));
  const { Instances } = await ec2.send(
    new RunInstancesCommand({
      ...{ ImageId: 'resolve:ssm:/aws/service/alacarte/tiny', MinCount: 1, MaxCount: 1 },
      NetworkInterfaces: [
        {
          ...{ DeviceIndex: 0, SubnetId, Groups: [GroupId!] },
          AssociatePublicIpAddress: isPublic,
        },
      ],
    }),
  );
  const [{ InstanceId, NetworkInterfaces, PrivateIpAddress } = {}] = Instances!;
  const card = NetworkInterfaces![0]!.NetworkInterfaceId!;
  return { id: InstanceId!, card, group: GroupId!, address: PrivateIpAddress! };
}

type Asked = Partial<CreateNetworkInsightsPathCommandInput>;

async function path(asked: Asked): Promise<string> {
  const usual = { Source: web.id, Destination: app.id, Protocol: 'tcp' } as const;
  const { NetworkInsightsPath } = await ec2.send(
    new CreateNetworkInsightsPathCommand({ ...usual, DestinationPort: 5432, ...asked }),
  );
  return NetworkInsightsPath!.NetworkInsightsPathId!;
}

async function analyze(asked: Asked = {}, filters: object = {}) {
  const NetworkInsightsPathId = await path(asked);
  await ec2.send(new StartNetworkInsightsAnalysisCommand({ NetworkInsightsPathId, ...filters }));
  const { NetworkInsightsAnalyses: [found] = [] } = await ec2.send(
    new DescribeNetworkInsightsAnalysesCommand({ NetworkInsightsPathId }),
  );
  const { ForwardPathComponents = [], ReturnPathComponents = [], Explanations = [] } = found!;
  return {
    found: found!.NetworkPathFound,
    there: ForwardPathComponents.map(({ Component }) => Component!.Id!),
    back: ReturnPathComponents.map(({ Component }) => Component!.Id!),
    hops: ForwardPathComponents,
    why: Explanations,
    codes: Explanations.map(({ ExplanationCode }) => ExplanationCode),
  };
}

async function allow(to: Machine, port: number, from: object): Promise<void> {
  const rule = { IpProtocol: 'tcp', FromPort: port, ToPort: port, ...from };
  await ec2.send(
    new AuthorizeSecurityGroupIngressCommand({ GroupId: to.group, IpPermissions: [rule] }),
  );
}

describe('between two instances', () => {
  it('says which groups let nobody in, and by which rule they do', async () => {
    const shut = await analyze();
    expect(shut).toMatchObject({ found: false, codes: ['ENI_SG_RULES_MISMATCH'] });
    expect(shut.why[0]).toMatchObject({
      Direction: 'ingress',
      NetworkInterface: { Id: app.card },
      SecurityGroups: [{ Id: app.group }],
    });
    await allow(app, 5432, { UserIdGroupPairs: [{ GroupId: web.group }] });
    const open = await analyze();
    expect(open.found).toBe(true);
    const table = expect.stringMatching(/^rtb-/) as string;
    const there = [
      ...[web.id, web.card, web.group, acl, table],
      ...[acl, app.group, app.card, app.id],
    ];
    expect(open.there).toEqual(there);
    const back = [
      ...[app.id, app.card, app.group, acl, table],
      ...[acl, web.group, web.card, web.id],
    ];
    expect(open.back).toEqual(back);
    expect(open.hops[6]!.SecurityGroupRule).toEqual({
      ...{ Direction: 'ingress', Protocol: 'tcp', SecurityGroupId: web.group },
      PortRange: { From: 5432, To: 5432 },
    });
    expect(open.hops[0]!.OutboundHeader).toEqual({
      Protocol: '6',
      SourceAddresses: [`${web.address}/32`],
      SourcePortRanges: [{ From: 0, To: 65_535 }],
      DestinationAddresses: [`${app.address}/32`],
      DestinationPortRanges: [{ From: 5432, To: 5432 }],
    });
    expect(await analyze({ DestinationPort: 80 })).toMatchObject({ found: false });
    expect(await analyze({ DestinationPort: undefined })).toMatchObject({ found: true });
  });

  it('names the entry of an ACL that stops packets, or their answers', async () => {
    const entry = { NetworkAclId: acl, RuleNumber: 50, Protocol: '6', RuleAction: 'deny' } as const;
    const CidrBlock = `${web.address}/32`;
    const into = { ...entry, CidrBlock, Egress: false, PortRange: { From: 1, To: 6000 } };
    await ec2.send(new CreateNetworkAclEntryCommand(into));
    const stopped = await analyze();
    expect(stopped.codes).toEqual(['SUBNET_ACL_RESTRICTION']);
    expect(stopped.why[0]).toMatchObject({
      ...{ Acl: { Id: acl }, Direction: 'ingress' },
      AclRule: { RuleNumber: 50, RuleAction: 'deny', Protocol: 'tcp', Cidr: CidrBlock },
    });
    const before = { ...into, RuleNumber: 40, RuleAction: 'allow' } as const;
    await ec2.send(new CreateNetworkAclEntryCommand(before));
    const passed = await analyze();
    expect(passed.found).toBe(true);
    expect(passed.hops[5]!.AclRule).toMatchObject({ RuleNumber: 40, Egress: false });
    const answers = { ...into, Egress: true, PortRange: { From: 1024, To: 65_535 } };
    await ec2.send(new CreateNetworkAclEntryCommand(answers));
    // Sources choose other ports as well, unless they are told which.
    expect(await analyze()).toMatchObject({ found: true });
    const SourcePortRange = { FromPort: 32_768, ToPort: 60_999 };
    const DestinationPortRange = { FromPort: 5432, ToPort: 5432 };
    const FilterAtSource = { SourcePortRange, DestinationPortRange };
    const unanswered = await analyze({ DestinationPort: undefined, FilterAtSource });
    expect(unanswered.why).toMatchObject([
      { ExplanationCode: 'SUBNET_ACL_RESTRICTION', AclRule: { Egress: true } },
    ]);
    expect(
      await analyze({ DestinationPort: undefined, FilterAtSource, Protocol: 'udp' }),
    ).toMatchObject({ codes: ['ENI_SG_RULES_MISMATCH'] });
    for (const { RuleNumber, Egress } of [into, before, answers]) {
      const gone = { NetworkAclId: acl, RuleNumber, Egress };
      await ec2.send(new DeleteNetworkAclEntryCommand(gone));
    }
    const again = await analyze({ DestinationPort: undefined, FilterAtSource });
    expect(again).toMatchObject({ found: true });
  });
});

describe('through an internet gateway', () => {
  it('says what is missing: a route, a public address, a rule', async () => {
    const out = { Destination: igw, DestinationPort: 443 };
    const routeless = await analyze(out);
    expect(routeless.codes).toEqual(['NO_ROUTE_TO_DESTINATION']);
    expect(routeless.why[0]).toMatchObject({
      RouteTable: { Id: expect.stringMatching(/^rtb-/) as string },
      Destination: { Id: igw },
    });
    const { RouteTable } = await ec2.send(new CreateRouteTableCommand({ VpcId }));
    const RouteTableId = RouteTable!.RouteTableId!;
    await ec2.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId: front }));
    const everywhere = { RouteTableId, DestinationCidrBlock: '0.0.0.0/0', GatewayId: igw };
    await ec2.send(new CreateRouteCommand(everywhere));
    const open = await analyze(out);
    expect(open).toMatchObject({
      found: true,
      there: [web.id, web.card, web.group, acl, RouteTableId, igw],
      back: [igw, acl, web.group, web.card, web.id],
    });
    expect(open.hops[4]!.RouteTableRoute).toEqual({
      ...{ DestinationCidr: '0.0.0.0/0', GatewayId: igw },
      ...{ Origin: 'createroute', State: 'active' },
    });
    expect(open.hops[5]!.OutboundHeader!.SourceAddresses).not.toEqual([`${web.address}/32`]);
    const by = [`arn:aws:ec2:us-east-1:000000000000:route-table/${RouteTableId}`];
    expect(await analyze(out, { FilterInArns: by })).toMatchObject({ found: true });
    const around = await analyze(out, { FilterOutArns: by });
    expect(around.codes).toEqual(['COMPONENT_FILTER_RESTRICTION']);
    const address = { ...out, Destination: undefined, DestinationIp: '192.0.2.7' };
    expect(await analyze(address)).toMatchObject({ found: true, there: open.there });
    const inwards = { Source: igw, Destination: web.id, DestinationPort: 443 };
    expect(await analyze(inwards)).toMatchObject({ codes: ['ENI_SG_RULES_MISMATCH'] });
    await allow(web, 443, { IpRanges: [{ CidrIp: '192.0.2.0/24' }] });
    const entered = await analyze(inwards);
    expect(entered).toMatchObject({ found: true, there: [igw, acl, web.group, web.card, web.id] });
    expect(entered.hops[4]!.InboundHeader).toMatchObject({
      SourceAddresses: ['192.0.2.0/24'],
      DestinationAddresses: [`${web.address}/32`],
    });
    const privately = await analyze({ Source: igw, Destination: app.id });
    expect(privately.codes).toEqual(['IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS']);
    const side = await launch(front, 'side');
    const unnamed = await analyze({ Source: side.id, Destination: igw });
    expect(unnamed.codes).toEqual(['IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS']);
    await ec2.send(new StopInstancesCommand({ InstanceIds: [side.id] }));
    const stopped = await analyze({ Source: app.id, Destination: side.id });
    expect(stopped.codes).toContain('BAD_STATE');
  });

  it('says that an end is not there, or is apart', async () => {
    const gone = { Destination: 'eni-0123456789abcdef0' };
    expect(await analyze(gone)).toMatchObject({ codes: ['NO_SOURCE_OR_DESTINATION'] });
    const { Subnets } = await ec2.send(
      new DescribeSubnetsCommand({ Filters: [{ Name: 'default-for-az', Values: ['true'] }] }),
    );
    const { Instances } = await ec2.send(
      new RunInstancesCommand({
        ...{ ImageId: 'resolve:ssm:/aws/service/alacarte/tiny', MinCount: 1, MaxCount: 1 },
        SubnetId: Subnets![0]!.SubnetId,
      }),
    );
    const elsewhere = await analyze({ Destination: Instances![0]!.InstanceId });
    expect(elsewhere.codes).toEqual(['DISCONNECTED_VPCS']);
    const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}));
    const InternetGatewayId = InternetGateway!.InternetGatewayId!;
    const apart = await analyze({ Destination: InternetGatewayId });
    expect(apart.codes).toEqual(['UNASSOCIATED_COMPONENT']);
    await expect(
      ec2.send(new DetachInternetGatewayCommand({ InternetGatewayId, VpcId })),
    ).rejects.toMatchObject({ name: 'Gateway.NotAttached' });
  });
});

describe('analyses', () => {
  it('run, are found and hold their path', async () => {
    const id = await path({});
    const Tags = [{ Key: 'for', Value: 'audit' }];
    const start = new StartNetworkInsightsAnalysisCommand({
      ...{ NetworkInsightsPathId: id, ClientToken: 'once' },
      TagSpecifications: [{ ResourceType: 'network-insights-analysis', Tags }],
    });
    const { NetworkInsightsAnalysis: begun } = await ec2.send(start);
    const nia = begun!.NetworkInsightsAnalysisId!;
    expect(nia).toMatch(/^nia-[0-9a-f]{17}$/);
    expect(begun).toEqual({
      NetworkInsightsAnalysisId: nia,
      NetworkInsightsAnalysisArn: `arn:aws:ec2:us-east-1:000000000000:network-insights-analysis/${nia}`,
      ...{ NetworkInsightsPathId: id, StartDate: expect.any(Date) as Date },
      ...{ Status: 'running', Tags },
    });
    expect((await ec2.send(start)).NetworkInsightsAnalysis).toEqual(begun);
    const succeeded = new DescribeNetworkInsightsAnalysesCommand({
      NetworkInsightsPathId: id,
      Filters: [
        { Name: 'status', Values: ['succeeded'] },
        { Name: 'path-found', Values: ['true'] },
      ],
    });
    const { NetworkInsightsAnalyses } = await ec2.send(succeeded);
    expect(NetworkInsightsAnalyses).toMatchObject([
      { NetworkInsightsAnalysisId: nia, Status: 'succeeded', NetworkPathFound: true, Tags },
    ]);
    const removePath = new DeleteNetworkInsightsPathCommand({ NetworkInsightsPathId: id });
    await expect(ec2.send(removePath)).rejects.toMatchObject({
      name: 'AnalysisExistsForNetworkInsightsPath',
    });
    const remove = new DeleteNetworkInsightsAnalysisCommand({ NetworkInsightsAnalysisId: nia });
    expect(await ec2.send(remove)).toMatchObject({ NetworkInsightsAnalysisId: nia });
    await expect(ec2.send(remove)).rejects.toMatchObject({
      name: 'InvalidNetworkInsightsAnalysisId.NotFound',
    });
    expect((await ec2.send(succeeded)).NetworkInsightsAnalyses).toEqual([]);
    await ec2.send(removePath);
    await expect(ec2.send(start)).rejects.toMatchObject({
      name: 'InvalidNetworkInsightsPathId.NotFound',
    });
  });
});
