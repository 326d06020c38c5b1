import { AssociateVpcCidrBlockCommand, EC2Client } from '@aws-sdk/client-ec2';
import { expect, it } from 'vitest';
import { startResourceHarness } from '../../../../test/resource-harness.ts';

const Tags = [{ Key: 'Name', Value: 'inn' }];

it('makes a VPC and a subnet, changes both, and deletes them', async () => {
  await using harness = await startResourceHarness();
  const vpc = await harness.create('AWS::EC2::VPC', {
    ...{ CidrBlock: '10.0.0.0/16', EnableDnsHostnames: true, Tags },
  });
  const VpcId = vpc.identifier;
  const made = await vpc.read();
  expect(made).toMatchObject({
    ...{ VpcId, CidrBlock: '10.0.0.0/16', Tags, InstanceTenancy: 'default' },
    ...{ EnableDnsHostnames: true, EnableDnsSupport: true, Ipv6CidrBlocks: [] },
    CidrBlockAssociations: [expect.stringMatching(/^vpc-cidr-assoc-/)],
    DefaultNetworkAcl: expect.stringMatching(/^acl-/),
    DefaultSecurityGroup: expect.stringMatching(/^sg-/),
  });
  // Both attempts at it made one VPC, beside the default one.
  expect(await harness.list('AWS::EC2::VPC')).toHaveLength(2);
  await vpc.update({ CidrBlock: '10.0.0.0/16', EnableDnsSupport: false });
  expect(await vpc.read()).toMatchObject({ EnableDnsHostnames: false, EnableDnsSupport: false });
  expect(await vpc.read()).not.toHaveProperty('Tags');

  const place = { VpcId, CidrBlock: '10.0.1.0/24', AvailabilityZone: 'us-east-1b' };
  const subnet = await harness.create('AWS::EC2::Subnet', {
    ...{ ...place, MapPublicIpOnLaunch: true, Tags },
  });
  const SubnetId = subnet.identifier;
  expect(await subnet.read()).toMatchObject({
    ...{ ...place, SubnetId, AvailabilityZoneId: 'use1-az2', MapPublicIpOnLaunch: true, Tags },
    NetworkAclAssociationId: expect.stringMatching(/^aclassoc-/),
  });
  const ec2 = harness.cloud.client(EC2Client);
  const { Ipv6CidrBlockAssociation } = await ec2.send(
    new AssociateVpcCidrBlockCommand({ VpcId, AmazonProvidedIpv6CidrBlock: true }),
  );
  const Ipv6CidrBlock = Ipv6CidrBlockAssociation!.Ipv6CidrBlock!.replace('/56', '/64');
  await subnet.update({ ...place, Ipv6CidrBlock });
  expect(await subnet.read()).toMatchObject({ Ipv6CidrBlock, MapPublicIpOnLaunch: false });
  await subnet.update(place);
  expect(await subnet.read()).not.toHaveProperty('Ipv6CidrBlock');

  await subnet.delete();
  await vpc.delete();
  expect(await subnet.read()).toBeUndefined();
  expect(await vpc.read()).toBeUndefined();
  expect(await harness.list('AWS::EC2::Subnet')).not.toContain(SubnetId);
});
