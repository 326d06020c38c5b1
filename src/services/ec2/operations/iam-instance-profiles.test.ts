import {
  AssociateIamInstanceProfileCommand,
  DescribeIamInstanceProfileAssociationsCommand,
  type DescribeIamInstanceProfileAssociationsCommandInput,
  DescribeInstancesCommand,
  DisassociateIamInstanceProfileCommand,
  EC2Client,
  type IamInstanceProfileSpecification,
  ReplaceIamInstanceProfileAssociationCommand,
  RunInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';

const arn = (name: string) => `arn:aws:iam::000000000000:instance-profile/${name}`;

let cloud: TestCloud;
let ec2: EC2Client;
beforeEach(async () => {
  cloud = await startTestCloud();
  ec2 = cloud.client(EC2Client);
});
afterEach(() => cloud[Symbol.asyncDispose]());

async function launch(IamInstanceProfile?: IamInstanceProfileSpecification) {
  const ImageId = 'resolve:ssm:/aws/service/alacarte/tiny';
  const { Instances: [launched] = [] } = await ec2.send(
    new RunInstancesCommand({ ...{ ImageId, MinCount: 1, MaxCount: 1 }, IamInstanceProfile }),
  );
  return launched!;
}

async function associations() {
  const { IamInstanceProfileAssociations = [] } = await ec2.send(
    new DescribeIamInstanceProfileAssociationsCommand({}),
  );
  return IamInstanceProfileAssociations;
}

async function profileOf(id: string | undefined) {
  const { Reservations: [found] = [] } = await ec2.send(
    new DescribeInstancesCommand({ InstanceIds: [id!] }),
  );
  return found?.Instances?.[0]?.IamInstanceProfile;
}

const associate = (InstanceId: string | undefined, Name: string) =>
  ec2.send(new AssociateIamInstanceProfileCommand({ InstanceId, IamInstanceProfile: { Name } }));

test('an instance is launched with a profile, by its name or its ARN', async () => {
  const byName = await launch({ Name: 'cook' });
  expect(byName.IamInstanceProfile).toMatchObject({
    ...{ Arn: arn('cook'), Id: expect.stringMatching(/^AIPA[A-Z2-7]{17}$/) },
  });
  const byArn = await launch({ Arn: arn('kitchen/cook') });
  expect(byArn.IamInstanceProfile?.Arn).toBe(arn('kitchen/cook'));
  const without = await launch();
  expect(await profileOf(without.InstanceId)).toBeUndefined();
  const found = await associations();
  expect(found.map(({ State }) => State)).toEqual(['associated', 'associated']);
  expect(new Set(found.map(({ InstanceId }) => InstanceId))).toEqual(
    new Set([byName.InstanceId, byArn.InstanceId]),
  );
});

test('a profile is associated, replaced and taken away', async () => {
  const { InstanceId } = await launch();
  const { IamInstanceProfileAssociation: first } = await associate(InstanceId, 'cook');
  expect(first).toMatchObject({ InstanceId, State: 'associating' });
  expect(await profileOf(InstanceId)).toEqual(first!.IamInstanceProfile);
  await expect(associate(InstanceId, 'chef')).rejects.toMatchObject({
    name: 'IncorrectState',
    message: `There is an existing association for instance ${InstanceId}`,
  });

  const { IamInstanceProfileAssociation: second } = await ec2.send(
    new ReplaceIamInstanceProfileAssociationCommand({
      AssociationId: first!.AssociationId,
      IamInstanceProfile: { Arn: arn('chef') },
    }),
  );
  expect(second!.AssociationId).not.toBe(first!.AssociationId);
  expect(await associations()).toEqual([{ ...second, State: 'associated' }]);

  const away = (AssociationId?: string) =>
    ec2.send(new DisassociateIamInstanceProfileCommand({ AssociationId }));
  await expect(away(first!.AssociationId)).rejects.toMatchObject({ name: 'NoSuchAssociation' });
  const { IamInstanceProfileAssociation: last } = await away(second!.AssociationId);
  expect(last).toEqual({ ...second, State: 'disassociating' });
  expect(await associations()).toEqual([]);
  expect(await profileOf(InstanceId)).toBeUndefined();
});

test('associations are found by ID, by filter and in pages', async () => {
  const machines = [];
  for (let count = 0; count < 6; count++) machines.push(await launch({ Name: 'cook' }));
  const ask = (input: DescribeIamInstanceProfileAssociationsCommandInput) =>
    ec2.send(new DescribeIamInstanceProfileAssociationsCommand(input));
  const [{ AssociationId = '', InstanceId = '' } = {}] = await associations();
  const byId = await ask({ AssociationIds: [AssociationId] });
  const byInstance = await ask({ Filters: [{ Name: 'instance-id', Values: [InstanceId] }] });
  expect(byId.IamInstanceProfileAssociations).toEqual(byInstance.IamInstanceProfileAssociations);
  const page = await ask({ MaxResults: 5 });
  const rest = await ask({ MaxResults: 5, NextToken: page.NextToken });
  expect(page.IamInstanceProfileAssociations).toHaveLength(5);
  expect(rest.IamInstanceProfileAssociations).toHaveLength(1);
  await expect(ask({ AssociationIds: ['iip-assoc-0'] })).rejects.toMatchObject({
    name: 'NoSuchAssociation',
  });
});

test('bad requests get the errors of AWS, and change nothing', async () => {
  const { InstanceId } = await launch();
  const refused = async (IamInstanceProfile: IamInstanceProfileSpecification, name: string) => {
    const command = new AssociateIamInstanceProfileCommand({ InstanceId, IamInstanceProfile });
    await expect(ec2.send(command)).rejects.toMatchObject({ name });
  };
  await refused({ Name: 'a cook' }, 'InvalidParameterValue');
  await refused({ Arn: 'arn:aws:iam::000000000000:role/cook' }, 'InvalidParameterValue');
  await refused({ Name: 'cook', Arn: arn('cook') }, 'InvalidParameterCombination');
  await refused({}, 'MissingParameter');
  expect(await associations()).toEqual([]);
  await ec2.send(new TerminateInstancesCommand({ InstanceIds: [InstanceId!] }));
  await expect(associate(InstanceId, 'cook')).rejects.toMatchObject({ name: 'IncorrectState' });
});

test('a terminated instance has lost its association', async () => {
  const { InstanceId } = await launch({ Name: 'cook' });
  await ec2.send(new TerminateInstancesCommand({ InstanceIds: [InstanceId!] }));
  await expect.poll(associations).toEqual([]);
});
