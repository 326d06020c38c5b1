import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  type Stack,
  waitUntilStackCreateComplete,
  waitUntilStackDeleteComplete,
} from '@aws-sdk/client-cloudformation';
import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { logIn } from './log-in.ts';
import { call, chapter, line, quote } from './narrator.ts';

const template = new URL('../../examples/restaurant/template.yaml', import.meta.url);
const StackName = 'bistro';

/** The restaurant of the examples: a table, a security group, a key, an instance and a parameter. */
export async function deployStack(
  cloudformation: CloudFormationClient,
  ssm: SSMClient,
  { folder, canBoot }: { readonly folder: string; readonly canBoot: boolean },
): Promise<void> {
  chapter('A stack');
  const TemplateBody = readFileSync(template, 'utf8');
  const created = cloudformation.send(new CreateStackCommand({ StackName, TemplateBody }));
  const { StackId } = await call(
    'cloudformation CreateStack',
    'bistro, examples/restaurant',
    created,
    () => 'CREATE_IN_PROGRESS',
  );
  const patience = { client: cloudformation, maxWaitTime: 300, minDelay: 1, maxDelay: 2 };
  const complete = waitUntilStackCreateComplete(patience, { StackName });
  await call('cloudformation wait', 'stack-create-complete', complete, ({ state }) => state);
  quote(await resourceEvents(cloudformation));

  const described = cloudformation.send(new DescribeStacksCommand({ StackName }));
  const { Stacks = [] } = await call(
    'cloudformation DescribeStacks',
    StackName,
    described,
    (o) => `${o.Stacks?.[0]?.Outputs?.length} outputs`,
  );
  const outputs = outputsOf(Stacks[0]);
  const key = ssm.send(
    new GetParameterCommand({ Name: outputs['KeyParameter'], WithDecryption: true }),
  );
  const { Parameter } = await call(
    'ssm GetParameter',
    'the private key of the stack',
    key,
    (o) => `${o.Parameter?.Name}`,
  );
  const keyFile = join(folder, 'bistro.pem');
  writeFileSync(keyFile, `${Parameter?.Value}\n`, { mode: 0o600 });
  if (canBoot) await logIn(`${outputs['KitchenAddress']}`, keyFile, 'cat /etc/motd');
  else line('ssh', '', 'SKIPPED: instances do not boot here, see above');

  const deleted = cloudformation.send(new DeleteStackCommand({ StackName }));
  await call('cloudformation DeleteStack', StackName, deleted, () => 'DELETE_IN_PROGRESS');
  const gone = waitUntilStackDeleteComplete(patience, { StackName: `${StackId}` });
  await call('cloudformation wait', 'stack-delete-complete', gone, ({ state }) => state);
}

/** What happened, oldest first: a line for each resource that is there. */
async function resourceEvents(cloudformation: CloudFormationClient): Promise<string> {
  const { StackEvents = [] } = await cloudformation.send(
    new DescribeStackEventsCommand({ StackName }),
  );
  return StackEvents.filter(({ ResourceStatus }) => ResourceStatus === 'CREATE_COMPLETE')
    .map((event) => `${event.ResourceType?.padEnd(28)}${event.PhysicalResourceId}`)
    .toReversed()
    .join('\n');
}

function outputsOf({ Outputs = [] }: Partial<Stack> = {}): Record<string, string | undefined> {
  return Object.fromEntries(
    Outputs.map(({ OutputKey, OutputValue }) => [OutputKey ?? '', OutputValue]),
  );
}
