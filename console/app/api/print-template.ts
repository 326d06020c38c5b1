import type { RunInstancesCommandInput } from '@aws-sdk/client-ec2';
import { stringify } from 'yaml';
import type { Call } from './call.ts';
import { decodeUserData } from './user-data.ts';

type Properties = (input: never) => Readonly<Record<string, unknown>>;

/** The calls that make what a template can describe too. */
const resources: Readonly<Record<string, readonly [type: string, id: string, Properties]>> = {
  RunInstances: ['AWS::EC2::Instance', 'Instance', instance],
  CreateTable: ['AWS::DynamoDB::Table', 'Table', (input) => input],
  CreateKeyPair: ['AWS::EC2::KeyPair', 'KeyPair', (input) => input],
};

/** A CloudFormation template, in YAML, that makes what the call makes; undefined where there is none. */
export function printTemplate({ operation, input }: Call): string | undefined {
  const resource = resources[operation];
  if (!resource) return undefined;
  const [Type, id, properties] = resource;
  const template = { Resources: { [id]: { Type, Properties: properties(input as never) } } };
  return stringify(template, { lineWidth: 0 });
}

function instance(input: RunInstancesCommandInput): Record<string, unknown> {
  const { MinCount: _, MaxCount: __, TagSpecifications: specifications, UserData, ...rest } = input;
  const Tags = specifications?.find(({ ResourceType }) => ResourceType === 'instance')?.Tags;
  return {
    ...rest,
    ...(UserData !== undefined && { UserData: { 'Fn::Base64': decodeUserData(UserData) } }),
    ...(Tags && { Tags }),
  };
}
