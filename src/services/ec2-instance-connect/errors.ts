import { AwsError } from '../../kernel/aws-error.ts';

// https://docs.aws.amazon.com/ec2-instance-connect/latest/APIReference/API_SendSSHPublicKey.html#API_SendSSHPublicKey_Errors

export const instanceNotFound = () =>
  new AwsError('EC2InstanceNotFoundException', 'The specified instance was not found.');

export const instanceStateInvalid = () =>
  new AwsError(
    'EC2InstanceStateInvalidException',
    'Unable to connect because the instance is not in a valid state. Connecting to a stopped or terminated instance is not supported. If the instance is stopped, start your instance, and try to connect again.',
  );

export const invalidKey = (cause: unknown) =>
  new AwsError('InvalidArgsException', 'The SSH public key is not valid.', { cause });

export const otherZone = (zone: string) =>
  new AwsError('InvalidArgsException', `The instance is not in the Availability Zone ${zone}.`);
