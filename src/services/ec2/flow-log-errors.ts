import { AwsError } from '../../kernel/aws-error.ts';

export const flowLogExists = () =>
  new AwsError(
    'FlowLogAlreadyExists',
    'Error. There is an existing Flow Log with the same configuration and log destination.',
  );

export const invalidFlowLog = (message: string) => new AwsError('InvalidParameter', message);
