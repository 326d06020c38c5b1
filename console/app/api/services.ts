import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import type { Call, ServiceNames } from './call.ts';
import type { SdkClientClass, SdkCommand } from './sdk.ts';

/** The SDK's command class: what it takes, and (by its type only) what is answered. */
type CommandClass<Input, Output> = new (input: Input) => {
  resolveMiddleware(...parts: never[]): (...args: never[]) => Promise<{ output: Output }>;
};

/** Describes calls of a service: `ec2(RebootInstancesCommand, { InstanceIds })`. */
function describeCalls(service: string, client: unknown, { explains = false } = {}) {
  const names: ServiceNames = {
    ...{ service, package: `@aws-sdk/client-${service}` },
    client: client as SdkClientClass,
    explains,
  };
  return <Input extends object, Output>(
    Command: CommandClass<Input, Output>,
    input: Input,
  ): Call<Output> => {
    const command = () => new Command(input) as unknown as SdkCommand;
    return { ...names, operation: String(command().schema[2]), input, command };
  };
}

export const ec2 = describeCalls('ec2', EC2Client);
export const dynamodb = describeCalls('dynamodb', DynamoDBClient, { explains: true });
export const cloudformation = describeCalls('cloudformation', CloudFormationClient);
