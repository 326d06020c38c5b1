import { AwsError } from '../../kernel/aws-error.ts';
import type { Entry } from './entry.ts';

/** What a reader of the activity asks for. */
export interface ActivityQuery {
  /** Whether to go on with what comes, once what is kept has been told. */
  readonly follow: boolean;
  readonly bodies: boolean;
  matches(entry: Entry): boolean;
}

/**
 * Reads `follow`, `bodies` and `errors` (`true` or `false`), `service` and `operation`.
 *
 * @throws AwsError `ValidationError` for anything else
 */
export function readQuery(text: string): ActivityQuery {
  const { service, operation, ...flags } = Object.fromEntries(new URLSearchParams(text));
  const { follow = 'true', bodies = 'false', errors = 'false', ...unknown } = flags;
  const values = [follow, bodies, errors];
  const areFlags = values.every((value) => value === 'true' || value === 'false');
  if (!areFlags || Object.keys(unknown).length > 0) {
    throw new AwsError(
      'ValidationError',
      'The query takes follow, bodies and errors, each true or false, service and operation.',
    );
  }
  return {
    follow: follow === 'true',
    bodies: bodies === 'true',
    matches: (entry) =>
      (service === undefined || entry.service === service) &&
      (operation === undefined || entry.operation === operation) &&
      (errors === 'false' || entry.error !== undefined),
  };
}
