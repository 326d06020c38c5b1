import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DeleteSecurityGroupCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
  type IpPermission,
  ModifySecurityGroupRulesCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
  RunInstancesCommand,
  TerminateInstancesCommand,
  UpdateSecurityGroupRuleDescriptionsIngressCommand,
  waitUntilInstanceTerminated,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';

let cloud: TestCloud;
let ec2: EC2Client;

beforeEach(async () => {
  cloud = await startTestCloud();
  ec2 = cloud.client(EC2Client);
});
afterEach(() => cloud[Symbol.asyncDispose]());

const ssh: IpPermission = {
  IpProtocol: 'tcp',
  FromPort: 22,
  ToPort: 22,
  IpRanges: [{ CidrIp: '0.0.0.0/0' }],
};

async function create(GroupName = 'kitchen'): Promise<string> {
  const made = await ec2.send(
    new CreateSecurityGroupCommand({ GroupName, Description: 'who may come in' }),
  );
  return made.GroupId!;
}

function allow(GroupId: string, ...IpPermissions: IpPermission[]) {
  return ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
}

async function describe(GroupId: string) {
  const found = await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [GroupId] }));
  return found.SecurityGroups![0]!;
}

it('makes a group that lets everything out, with tags, and deletes it with its rules', async () => {
  const { GroupId, Tags } = await ec2.send(
    new CreateSecurityGroupCommand({
      GroupName: 'kitchen',
      Description: 'who may come in',
      TagSpecifications: [
        { ResourceType: 'security-group', Tags: [{ Key: 'Name', Value: 'kitchen' }] },
      ],
    }),
  );
  expect(Tags).toEqual([{ Key: 'Name', Value: 'kitchen' }]);
  expect(await describe(GroupId!)).toMatchObject({
    GroupName: 'kitchen',
    IpPermissions: [],
    IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
    Tags: [{ Key: 'Name', Value: 'kitchen' }],
  });
  await ec2.send(new DeleteSecurityGroupCommand({ GroupId: GroupId! }));
  await expect(describe(GroupId!)).rejects.toMatchObject({ name: 'InvalidGroup.NotFound' });
  const { SecurityGroupRules } = await ec2.send(new DescribeSecurityGroupRulesCommand({}));
  expect(SecurityGroupRules!.filter((rule) => rule.GroupId === GroupId)).toEqual([]);
  // The name is free again.
  await create();
});

it.each<[string, string, string, string]>([
  ['a name that is taken', 'taken', 'text', 'InvalidGroup.Duplicate'],
  ['the reserved name', 'default', 'text', 'InvalidParameterValue'],
  ['a name like an ID', 'sg-kitchen', 'text', 'InvalidParameterValue'],
  ['a name beyond ASCII', 'Küche', 'text', 'InvalidParameterValue'],
  ['a description beyond ASCII', 'kitchen', 'Küche', 'InvalidParameterValue'],
])('refuses %s', async (_, GroupName, Description, code) => {
  await create('taken');
  await expect(
    ec2.send(new CreateSecurityGroupCommand({ GroupName, Description })),
  ).rejects.toMatchObject({ name: code });
});

it('lets in and out by blocks and groups, keeps what it is told in canonical form, and revokes', async () => {
  const guests = await create('guests');
  const GroupId = await create();
  const { SecurityGroupRules: added } = await allow(
    GroupId,
    { ...ssh, Ipv6Ranges: [{ CidrIpv6: '2001:DB8:0:0::1/32', Description: 'documents' }] },
    { IpProtocol: '6', FromPort: 80, ToPort: 81, IpRanges: [{ CidrIp: '10.1.2.3/8' }] },
    { IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: guests }] },
  );
  expect(added).toMatchObject([
    { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIpv4: '0.0.0.0/0', IsEgress: false },
    { CidrIpv6: '2001:db8::/32', Description: 'documents' },
    { IpProtocol: 'tcp', FromPort: 80, ToPort: 81, CidrIpv4: '10.0.0.0/8' },
    { IpProtocol: '-1', FromPort: -1, ReferencedGroupInfo: { GroupId: guests } },
  ]);
  await expect(ec2.send(new DeleteSecurityGroupCommand({ GroupId: guests }))).rejects.toMatchObject(
    { name: 'DependencyViolation' },
  );

  const byId = await ec2.send(
    new RevokeSecurityGroupIngressCommand({
      GroupId,
      SecurityGroupRuleIds: [added![3]!.SecurityGroupRuleId!],
    }),
  );
  expect(byId.RevokedSecurityGroupRules).toMatchObject([{ ReferencedGroupId: guests }]);
  await ec2.send(new DeleteSecurityGroupCommand({ GroupId: guests }));

  const everything = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
  const out = { GroupId, IpPermissions: [everything] };
  expect(await ec2.send(new RevokeSecurityGroupEgressCommand(out))).toMatchObject({ Return: true });
  expect(await ec2.send(new RevokeSecurityGroupEgressCommand(out))).toMatchObject({
    Return: false,
    UnknownIpPermissions: [everything],
  });
  await ec2.send(new AuthorizeSecurityGroupEgressCommand({ GroupId, IpPermissions: [ssh] }));
  const group = await describe(GroupId);
  expect(group.IpPermissions).toHaveLength(2);
  expect(group.IpPermissionsEgress).toMatchObject([ssh]);
});

it.each<[string, IpPermission, string, string]>([
  ['an unknown protocol', { ...ssh, IpProtocol: 'soup' }, 'InvalidParameterValue', 'protocol'],
  ['a port out of range', { ...ssh, ToPort: 70_000 }, 'InvalidParameterValue', '70000'],
  ['a range from high to low', { ...ssh, FromPort: 80 }, 'InvalidParameterValue', '80:22'],
  ['no block', { ...ssh, IpRanges: [{ CidrIp: '1.2.3/4' }] }, 'InvalidParameterValue', 'malformed'],
  ['no source', { ...ssh, IpRanges: [] }, 'MissingParameter', 'ipRanges'],
  [
    'a group that is not there',
    { ...ssh, UserIdGroupPairs: [{ GroupId: 'sg-0123456789abcdef0' }] },
    'InvalidGroup.NotFound',
    'does not exist',
  ],
])('refuses a rule with %s and adds nothing', async (_, permission, code, text) => {
  const GroupId = await create();
  await expect(allow(GroupId, { ...ssh, FromPort: 1 }, permission)).rejects.toMatchObject({
    name: code,
    message: expect.stringContaining(text),
  });
  expect((await describe(GroupId)).IpPermissions).toEqual([]);
});

it('refuses a rule twice, and more than sixty of them', async () => {
  const GroupId = await create();
  const many = Array.from({ length: 61 }, (_, at) => ({ CidrIp: `10.0.${at}.0/24` }));
  await expect(allow(GroupId, { ...ssh, IpRanges: many })).rejects.toMatchObject({
    name: 'RulesPerSecurityGroupLimitExceeded',
  });
  await allow(GroupId, { ...ssh, IpRanges: many.slice(1) });
  await expect(allow(GroupId, { ...ssh, IpRanges: [many[1]!] })).rejects.toMatchObject({
    name: 'InvalidPermission.Duplicate',
    message:
      'the specified rule "peer: 10.0.1.0/24, TCP, from port: 22, to port: 22, ALLOW" already exists',
  });
  await expect(allow(await create('other'), ssh, ssh)).rejects.toMatchObject({
    name: 'InvalidParameterValue',
  });
});

it('adds a rule once however many ask for it at the same time', async () => {
  const GroupId = await create();
  const answers = await Promise.allSettled(Array.from({ length: 5 }, () => allow(GroupId, ssh)));
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect((await describe(GroupId)).IpPermissions).toMatchObject([ssh]);
});

it('modifies and describes rules, which keep their IDs', async () => {
  const GroupId = await create();
  const { SecurityGroupRules } = await allow(GroupId, ssh);
  const { SecurityGroupRuleId } = SecurityGroupRules![0]!;
  await ec2.send(
    new ModifySecurityGroupRulesCommand({
      GroupId,
      SecurityGroupRules: [
        {
          SecurityGroupRuleId: SecurityGroupRuleId!,
          SecurityGroupRule: {
            ...{ IpProtocol: 'udp', FromPort: 53, ToPort: 53 },
            ...{ CidrIpv4: '10.0.0.0/8', Description: 'names' },
          },
        },
      ],
    }),
  );
  const shown = async () => {
    const found = await ec2.send(
      new DescribeSecurityGroupRulesCommand({ SecurityGroupRuleIds: [SecurityGroupRuleId!] }),
    );
    return found.SecurityGroupRules![0]!;
  };
  expect(await shown()).toMatchObject({ IpProtocol: 'udp', Description: 'names', GroupId });
  await ec2.send(
    new UpdateSecurityGroupRuleDescriptionsIngressCommand({
      GroupId,
      SecurityGroupRuleDescriptions: [{ SecurityGroupRuleId: SecurityGroupRuleId! }],
    }),
  );
  expect((await shown()).Description).toBeUndefined();
});

it('launches into a group, which stays as long as the instance', async () => {
  const GroupId = await create();
  const { Instances } = await ec2.send(
    new RunInstancesCommand({
      ...{ ImageId: 'resolve:ssm:/aws/service/alacarte/tiny', InstanceType: 't3.micro' },
      ...{ MinCount: 1, MaxCount: 1, SecurityGroups: ['kitchen'] },
    }),
  );
  const { InstanceId, SecurityGroups } = Instances![0]!;
  expect(SecurityGroups).toEqual([{ GroupId, GroupName: 'kitchen' }]);
  const remove = new DeleteSecurityGroupCommand({ GroupId });
  await expect(ec2.send(remove)).rejects.toMatchObject({
    name: 'DependencyViolation',
    message: `resource ${GroupId} has a dependent object`,
  });
  await ec2.send(new TerminateInstancesCommand({ InstanceIds: [InstanceId!] }));
  await waitUntilInstanceTerminated(
    { client: ec2, maxWaitTime: 20, minDelay: 0.01 },
    { InstanceIds: [InstanceId!] },
  );
  await ec2.send(remove);
});

it('keeps the default group', async () => {
  await expect(
    ec2.send(new DeleteSecurityGroupCommand({ GroupName: 'default' })),
  ).rejects.toMatchObject({ name: 'CannotDelete' });
});
