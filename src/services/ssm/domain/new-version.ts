import type { PutParameterCommandInput } from '@aws-sdk/client-ssm';
import type { Caller } from '../../../kernel/caller.ts';
import { matchesPattern } from '../../../models/match-pattern.ts';
import * as errors from '../errors.ts';
import type { ParameterVersion } from './parameter-record.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html */
const MAX_VALUE_BYTES = { Standard: 4096, Advanced: 8192 } as const;

const DEFAULT_KEY = 'alias/aws/ssm';

/** A version that is asked for; its value is still plaintext. */
export type NewVersion = Omit<ParameterVersion, 'version' | 'modifiedAtMs' | 'modifiedBy'>;

/**
 * What a PutParameter request asks to stand from now on, checked. Whatever it leaves out stays as
 * in the version before.
 */
export function newVersion(
  input: PutParameterCommandInput,
  previous: ParameterVersion | undefined,
  caller: Caller,
): NewVersion {
  const { Value: value = '' } = input;
  checkValue(value);
  const type = input.Type ?? previous?.type;
  if (!type) {
    throw errors.validation('A parameter type is required when you create a parameter.');
  }
  const allowedPattern = input.AllowedPattern ?? previous?.allowedPattern;
  if (allowedPattern) checkPattern(allowedPattern, value);
  const keyId = keyOf(input, type === 'SecureString', caller) ?? previous?.keyId ?? DEFAULT_KEY;
  const description = input.Description ?? previous?.description;
  return {
    type,
    value,
    ...(type === 'SecureString' && { keyId }),
    ...(description && { description }),
    ...(allowedPattern && { allowedPattern }),
    tier: tierOf(input, Buffer.byteLength(value), previous?.tier),
    dataType: dataTypeOf(input.DataType ?? previous?.dataType ?? 'text', type),
  };
}

function checkValue(value: string): void {
  if (value === '') {
    throw errors.validation(
      "1 validation error detected: Value '' at 'value' failed to satisfy constraint: Member must have length greater than or equal to 1.",
    );
  }
  if (/\{\{.*\}\}/s.test(value)) {
    throw errors.validation(
      'Parameter value: can\'t nest another parameter. Do not use "{{}}" in the value.',
    );
  }
}

function checkPattern(pattern: string, value: string): void {
  let matches: boolean;
  try {
    matches = matchesPattern(pattern, value);
  } catch (error) {
    if (error instanceof SyntaxError) throw errors.invalidPattern();
    throw error;
  }
  if (!matches) throw errors.patternMismatch(pattern);
}

/** Keys of one's own need KMS, which is not built: only AWS's key for SSM is known. */
function keyOf(
  { KeyId: given }: PutParameterCommandInput,
  isSecure: boolean,
  { account, region }: Caller,
): string | undefined {
  if (given === undefined) return undefined;
  if (!isSecure) {
    throw errors.validation('KeyId is required for SecureString type parameter only.');
  }
  const name = given.replace(new RegExp(`^arn:[^:]+:kms:${region}:${account}:`), '');
  if (name !== DEFAULT_KEY) throw errors.invalidKeyId(given);
  return given;
}

function tierOf(
  { Tier: asked }: PutParameterCommandInput,
  bytes: number,
  previous: ParameterVersion['tier'] | undefined,
): ParameterVersion['tier'] {
  if (asked === 'Standard' && previous === 'Advanced') throw errors.tierDowngrade();
  const grows = asked === 'Intelligent-Tiering' && bytes > MAX_VALUE_BYTES.Standard;
  const advanced = asked === 'Advanced' || previous === 'Advanced' || grows;
  const tier = advanced ? 'Advanced' : 'Standard';
  if (bytes > MAX_VALUE_BYTES[tier]) throw errors.valueTooLong(tier, MAX_VALUE_BYTES[tier]);
  return tier;
}

function dataTypeOf(dataType: string, type: ParameterVersion['type']): string {
  if (!['text', 'aws:ec2:image'].includes(dataType)) {
    throw errors.validation(
      `The following data type is not supported: ${dataType} (Data type names are all lowercase.)`,
    );
  }
  if (dataType === 'aws:ec2:image' && type !== 'String') {
    throw errors.validation(`The data type ${dataType} requires a parameter of type String.`);
  }
  return dataType;
}
