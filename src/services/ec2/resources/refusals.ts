import { AwsError } from '../../../kernel/aws-error.ts';

export function isRefusal(error: unknown, code: string): boolean {
  return error instanceof AwsError && error.code === code;
}

/** What a question answers; undefined where it is refused with `code`. */
export async function unless<Answer>(
  code: string,
  answer: Promise<Answer>,
): Promise<Answer | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isRefusal(error, code)) return undefined;
    throw error;
  }
}
