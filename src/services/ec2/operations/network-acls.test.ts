import {
  CreateNetworkAclCommand,
  CreateNetworkAclEntryCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DeleteNetworkAclCommand,
  DeleteNetworkAclEntryCommand,
  DescribeNetworkAclsCommand,
  EC2Client,
  ReplaceNetworkAclAssociationCommand,
  ReplaceNetworkAclEntryCommand,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';

let cloud: TestCloud;
let ec2: EC2Client;
let VpcId: string;

beforeAll(async () => {
  cloud = await startTestCloud();
  ec2 = cloud.client(EC2Client);
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  VpcId = Vpc!.VpcId!;
});
afterAll(() => cloud[Symbol.asyncDispose]());

async function newAcl(): Promise<string> {
  const { NetworkAcl } = await ec2.send(new CreateNetworkAclCommand({ VpcId }));
  return NetworkAcl!.NetworkAclId!;
}

async function entries(id: string) {
  const { NetworkAcls } = await ec2.send(new DescribeNetworkAclsCommand({ NetworkAclIds: [id] }));
  return NetworkAcls![0]!.Entries!;
}

const https = {
  RuleNumber: 100,
  Protocol: 'tcp',
  RuleAction: 'allow',
  Egress: false,
  CidrBlock: '10.1.2.3/8',
  PortRange: { From: 443, To: 443 },
} as const;

it('starts with denying all, and has rules by number and direction', async () => {
  const NetworkAclId = await newAcl();
  expect(await entries(NetworkAclId)).toMatchObject([
    { RuleNumber: 32767, RuleAction: 'deny', Egress: true },
    { RuleNumber: 32767, RuleAction: 'deny', Egress: false },
  ]);
  const create = (change: object) =>
    ec2.send(new CreateNetworkAclEntryCommand({ NetworkAclId, ...https, ...change }));
  await create({});
  await create({ Egress: true });
  await expect(create({})).rejects.toMatchObject({
    name: 'NetworkAclEntryAlreadyExists',
    message: 'The network acl entry identified by 100 already exists.',
  });
  expect((await entries(NetworkAclId)).find((each) => each.RuleNumber === 100)).toEqual({
    RuleNumber: 100,
    Protocol: '6',
    RuleAction: 'allow',
    Egress: false,
    CidrBlock: '10.0.0.0/8',
    PortRange: { From: 443, To: 443 },
  });
  const replace = (change: object) =>
    ec2.send(new ReplaceNetworkAclEntryCommand({ NetworkAclId, ...https, ...change }));
  await replace({ RuleAction: 'deny' });
  await expect(replace({ RuleNumber: 101 })).rejects.toMatchObject({
    name: 'InvalidNetworkAclEntry.NotFound',
  });
  const remove = () =>
    ec2.send(new DeleteNetworkAclEntryCommand({ NetworkAclId, RuleNumber: 100, Egress: false }));
  await remove();
  await expect(remove()).rejects.toMatchObject({ name: 'InvalidNetworkAclEntry.NotFound' });
  expect(await entries(NetworkAclId)).toHaveLength(3);
});

it.each([
  [{ RuleNumber: 32767 }, 'InvalidParameterValue'],
  [{ Protocol: 'carrier-pigeon' }, 'InvalidParameterValue'],
  [{ PortRange: undefined }, 'MissingParameter'],
  [{ PortRange: { From: 2, To: 1 } }, 'InvalidParameterValue'],
  [{ CidrBlock: '10.0.0.0' }, 'InvalidParameterValue'],
  [{ CidrBlock: undefined }, 'MissingParameter'],
  [{ Ipv6CidrBlock: '::/0' }, 'InvalidParameterCombination'],
  [{ Protocol: 'icmp' }, 'MissingParameter'],
])('refuses a rule with %o', async (change, name) => {
  const NetworkAclId = await newAcl();
  await expect(
    ec2.send(new CreateNetworkAclEntryCommand({ NetworkAclId, ...https, ...change })),
  ).rejects.toMatchObject({ name });
});

it('puts a subnet under another ACL, and keeps ACLs that are used', async () => {
  const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: '10.0.1.0/24' }));
  const { SubnetId } = Subnet!;
  const find = async () => {
    const { NetworkAcls } = await ec2.send(
      new DescribeNetworkAclsCommand({
        Filters: [{ Name: 'association.subnet-id', Values: [SubnetId!] }],
      }),
    );
    expect(NetworkAcls).toHaveLength(1);
    const [acl] = NetworkAcls!;
    const association = acl!.Associations!.find((each) => each.SubnetId === SubnetId)!;
    return { acl: acl!, AssociationId: association.NetworkAclAssociationId! };
  };
  const { acl: usual, AssociationId } = await find();
  expect(usual.IsDefault).toBe(true);
  const NetworkAclId = await newAcl();
  const { NewAssociationId } = await ec2.send(
    new ReplaceNetworkAclAssociationCommand({ AssociationId, NetworkAclId }),
  );
  expect(await find()).toMatchObject({ acl: { NetworkAclId }, AssociationId: NewAssociationId });
  const remove = (id: string) => ec2.send(new DeleteNetworkAclCommand({ NetworkAclId: id }));
  await expect(remove(NetworkAclId)).rejects.toMatchObject({ name: 'DependencyViolation' });
  await expect(remove(usual.NetworkAclId!)).rejects.toMatchObject({
    message: `cannot delete default network ACL ${usual.NetworkAclId}`,
  });
  await ec2.send(
    new ReplaceNetworkAclAssociationCommand({
      AssociationId: NewAssociationId!,
      NetworkAclId: usual.NetworkAclId!,
    }),
  );
  await remove(NetworkAclId);
});
