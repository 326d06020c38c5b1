import { AwsError } from '../../kernel/aws-error.ts';

// Codes: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html

/** AWS finds out as it reads the disk; here the file is looked at before there is a task. */
export const diskNotImported = (why: string) => new AwsError('InvalidParameterValue', why);

export const importEnded = (id: string, state: string) =>
  new AwsError(
    'IncorrectState',
    `The import task ${id} is '${state}': only an active one is cancelled.`,
  );
