import { AwsError } from '../../../kernel/aws-error.ts';

/** Why parts of a request were refused, each reason in the place of its part. */
export type Reasons = readonly (AwsError | undefined)[];

/** Words the refusal of a request of which some parts were refused. */
export type Refusal = (reasons: Reasons) => Error;

/** Does one part after the other. Where some are refused it tries the rest, then throws. */
export function each<Part, Done>(
  parts: readonly Part[],
  refusal: Refusal,
  one: (part: Part, at: number) => Done,
): Done[] {
  const done: Done[] = [];
  let reasons: (AwsError | undefined)[] | undefined;
  for (let at = 0; at < parts.length; at++) {
    try {
      done.push(one(parts[at]!, at));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      reasons ??= parts.map(() => undefined);
      reasons[at] = error;
    }
  }
  if (reasons) throw refusal(reasons);
  return done;
}

export function firstReason(reasons: Reasons): Error {
  return reasons.find((reason) => reason !== undefined)!;
}
