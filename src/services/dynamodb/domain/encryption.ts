import type { SSEDescription, SSESpecification } from '@aws-sdk/client-dynamodb';
import type { Caller } from '../../../kernel/caller.ts';
import { arnOf } from '../../../kernel/arn.ts';
import { invalidParameters } from '../errors.ts';

/**
 * A key of the customer's or of KMS, as it was asked for; without one a table has AWS's own. It is
 * described only: the bytes on disk are not encrypted.
 */
export interface Encryption {
  readonly type: 'KMS';
  readonly keyArn: string;
}

const MANAGED_KEY = 'alias/aws/dynamodb';

/** What a request asks for; `undefined` is AWS's own key. */
export function readEncryption(
  asked: SSESpecification | undefined,
  caller: Caller,
): Encryption | undefined {
  const { Enabled, SSEType: type, KMSMasterKeyId: key } = asked ?? {};
  if (Enabled === false && type !== undefined) {
    throw invalidParameters('SSEType can not be specified if Enabled is false');
  }
  if (Enabled === false && key !== undefined) {
    throw invalidParameters('KMSMasterKeyId can not be specified if Enabled is false');
  }
  if (type === 'AES256') throw invalidParameters('SSEType AES256 is not supported');
  if (key !== undefined && type !== 'KMS') {
    throw invalidParameters('SSEType KMS is required if KMSMasterKeyId is specified');
  }
  if (!(Enabled ?? type === 'KMS')) return undefined;
  return { type: 'KMS', keyArn: keyArn(key ?? MANAGED_KEY, caller) };
}

/** The same where a table stands: what would change nothing is refused. */
export function changedEncryption(
  standing: Encryption | undefined,
  asked: SSESpecification,
  caller: Caller,
): Encryption | undefined {
  const next = readEncryption(asked, caller);
  if (!next && !standing) throw invalidParameters('Table is already encrypted by default');
  if (asked.KMSMasterKeyId !== undefined && asked.KMSMasterKeyId === standing?.keyArn) {
    throw invalidParameters(
      'Table is already encrypted with given KMSMasterKeyId. Use KMSMasterKeyId parameter if you want to change Master Key',
    );
  }
  return next;
}

export function describeEncryption({ type, keyArn: KMSMasterKeyArn }: Encryption): SSEDescription {
  return { Status: 'ENABLED', SSEType: type, KMSMasterKeyArn };
}

function keyArn(key: string, caller: Caller): string {
  if (key.startsWith('arn:')) return key;
  return arnOf(caller, 'kms', key.startsWith('alias/') ? key : `key/${key}`);
}
