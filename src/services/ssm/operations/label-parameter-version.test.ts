import {
  GetParameterCommand,
  GetParameterHistoryCommand,
  LabelParameterVersionCommand,
  PutParameterCommand,
  SSMClient,
  UnlabelParameterVersionCommand,
} from '@aws-sdk/client-ssm';
import { expect, it } from 'vitest';
import { startTestCloud } from '../../../../test/cloud.ts';

const Name = 'recipe';

it('labels versions, moves labels and takes them off', async () => {
  await using cloud = await startTestCloud();
  const ssm = cloud.client(SSMClient);
  for (const Value of ['one', 'two']) {
    await ssm.send(new PutParameterCommand({ Name, Type: 'String', Value, Overwrite: true }));
  }
  const label = (ParameterVersion: number | undefined, ...Labels: string[]) =>
    ssm.send(new LabelParameterVersionCommand({ Name, ParameterVersion, Labels }));
  const labelled = async () =>
    (await ssm.send(new GetParameterCommand({ Name: `${Name}:best` }))).Parameter;

  expect(await label(1, 'best', '1st')).toMatchObject({
    ParameterVersion: 1,
    InvalidLabels: ['1st'],
  });
  expect(await labelled()).toMatchObject({ Value: 'one', Selector: ':best' });
  await label(undefined, 'best');
  expect(await labelled()).toMatchObject({ Value: 'two', Version: 2 });
  const history = await ssm.send(new GetParameterHistoryCommand({ Name }));
  expect(history.Parameters!.map(({ Labels }) => Labels)).toEqual([[], ['best']]);

  const Labels = ['best', 'worst'];
  const unlabel = new UnlabelParameterVersionCommand({ Name, ParameterVersion: 2, Labels });
  expect(await ssm.send(unlabel)).toMatchObject({
    RemovedLabels: ['best'],
    InvalidLabels: ['worst'],
  });
  await expect(labelled()).rejects.toMatchObject({ name: 'ParameterVersionNotFound' });
  await expect(label(9, 'best')).rejects.toMatchObject({ name: 'ParameterVersionNotFound' });
  const many = Array.from({ length: 10 }, (_, at) => `label-${at}`);
  await label(1, ...many);
  await expect(label(1, 'another')).rejects.toMatchObject({
    name: 'ParameterVersionLabelLimitExceeded',
  });
});
