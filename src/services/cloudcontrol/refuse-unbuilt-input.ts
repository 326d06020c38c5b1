import { AwsError } from '../../kernel/aws-error.ts';

/**
 * Refuses what AWS would act upon and nothing here does.
 * @throws AwsError `NotImplemented`
 */
export function refuseUnbuiltInput(input: {
  readonly RoleArn?: string | undefined;
  readonly TypeVersionId?: string | undefined;
  readonly ResourceModel?: string | undefined;
}): void {
  for (const name of ['RoleArn', 'TypeVersionId', 'ResourceModel'] as const) {
    if (input[name] === undefined) continue;
    throw new AwsError(
      'NotImplemented',
      `Alacarte does not implement ${name} of Cloud Control's requests yet.`,
      { status: 501 },
    );
  }
}
