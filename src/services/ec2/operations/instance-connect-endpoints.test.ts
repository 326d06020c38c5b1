import {
  CreateInstanceConnectEndpointCommand,
  type CreateInstanceConnectEndpointCommandInput,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DeleteInstanceConnectEndpointCommand,
  DeleteSecurityGroupCommand,
  DeleteSubnetCommand,
  DescribeInstanceConnectEndpointsCommand,
  DescribeNetworkInterfacesCommand,
  EC2Client,
  ModifyInstanceConnectEndpointCommand,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';

let cloud: TestCloud;
let ec2: EC2Client;
let VpcId: string;
let SubnetId: string;

beforeEach(async () => {
  cloud = await startTestCloud();
  ec2 = cloud.client(EC2Client);
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  VpcId = Vpc!.VpcId!;
  const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: '10.0.0.0/24' }));
  SubnetId = Subnet!.SubnetId!;
});
afterEach(() => cloud[Symbol.asyncDispose]());

async function create(input: Partial<CreateInstanceConnectEndpointCommandInput> = {}) {
  const asked = new CreateInstanceConnectEndpointCommand({ SubnetId, ...input });
  return (await ec2.send(asked)).InstanceConnectEndpoint!;
}

async function describe(Filters: { Name: string; Values: string[] }[] = []) {
  const asked = new DescribeInstanceConnectEndpointsCommand({ Filters });
  return (await ec2.send(asked)).InstanceConnectEndpoints!;
}

test('an endpoint has an interface in its subnet, and goes with it', async () => {
  const made = await create({
    TagSpecifications: [
      { ResourceType: 'instance-connect-endpoint', Tags: [{ Key: 'for', Value: 'cooks' }] },
    ],
  });
  const { InstanceConnectEndpointId: id = '' } = made;
  expect(made).toMatchObject({
    ...{ State: 'create-in-progress', SubnetId, VpcId, PreserveClientIp: false },
    InstanceConnectEndpointArn: `arn:aws:ec2:us-east-1:000000000000:instance-connect-endpoint/${id}`,
    DnsName: expect.stringMatching(
      new RegExp(
        `^${id}\\.[0-9a-f]{8}\\.ec2-instance-connect-endpoint\\.us-east-1\\.amazonaws\\.com$`,
      ),
    ),
    SecurityGroupIds: [expect.stringMatching(/^sg-/)],
  });
  const shown = { InstanceConnectEndpointId: id, State: 'create-complete' };
  expect(await describe([{ Name: 'tag:for', Values: ['cooks'] }])).toMatchObject([shown]);
  expect(await describe([{ Name: 'vpc-id', Values: ['vpc-00000000'] }])).toEqual([]);
  const { NetworkInterfaces } = await ec2.send(
    new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: made.NetworkInterfaceIds }),
  );
  expect(NetworkInterfaces).toMatchObject([
    { InterfaceType: 'ec2_instance_connect_endpoint', SubnetId, RequesterManaged: true },
  ]);
  await expect(ec2.send(new DeleteSubnetCommand({ SubnetId }))).rejects.toMatchObject({
    name: 'DependencyViolation',
  });
  const remove = new DeleteInstanceConnectEndpointCommand({ InstanceConnectEndpointId: id });
  expect((await ec2.send(remove)).InstanceConnectEndpoint).toMatchObject({
    State: 'delete-in-progress',
  });
  expect(await describe()).toEqual([]);
  await expect(ec2.send(remove)).rejects.toMatchObject({
    name: 'InvalidInstanceConnectEndpointId.NotFound',
  });
  await ec2.send(new DeleteSubnetCommand({ SubnetId }));
});

test('its groups and what it keeps of clients can be changed', async () => {
  const { InstanceConnectEndpointId } = await create();
  const { GroupId = '' } = await ec2.send(
    new CreateSecurityGroupCommand({ VpcId, GroupName: 'door', Description: 'a test' }),
  );
  await ec2.send(
    new ModifyInstanceConnectEndpointCommand({
      ...{ InstanceConnectEndpointId, PreserveClientIp: true, SecurityGroupIds: [GroupId] },
    }),
  );
  expect(await describe()).toMatchObject([{ PreserveClientIp: true, SecurityGroupIds: [GroupId] }]);
  const remove = new DeleteSecurityGroupCommand({ GroupId });
  await expect(ec2.send(remove)).rejects.toMatchObject({ name: 'DependencyViolation' });
  await ec2.send(new DeleteInstanceConnectEndpointCommand({ InstanceConnectEndpointId }));
  await ec2.send(remove);
});

test('a repeated request finds the endpoint that it made', async () => {
  const first = await create({ ClientToken: 'once' });
  const second = await create({ ClientToken: 'once' });
  expect(second.InstanceConnectEndpointId).toBe(first.InstanceConnectEndpointId);
  expect(await describe()).toHaveLength(1);
  await expect(create({ SubnetId: 'subnet-00000000' })).rejects.toMatchObject({
    name: 'InvalidSubnetID.NotFound',
  });
  await expect(create({ IpAddressType: 'ipv6' })).rejects.toMatchObject({
    name: 'UnsupportedOperation',
  });
});
