import type { ParameterType } from '@aws-sdk/client-ssm';

/** A parameter as it is recorded; its past versions lie beside it. */
export interface ParameterRecord {
  readonly name: string;
  readonly arn: string;
  readonly latest: ParameterVersion;
  /** The number of the oldest version that is kept. */
  readonly oldest: number;
  /** Which version each label names. */
  readonly labels: Readonly<Record<string, number>>;
  readonly tags: Readonly<Record<string, string>>;
}

export interface ParameterVersion {
  readonly version: number;
  readonly type: ParameterType;
  /** Ciphertext where the type is SecureString. */
  readonly value: string;
  /** The key that a SecureString's value is enciphered with. */
  readonly keyId?: string;
  readonly description?: string;
  readonly allowedPattern?: string;
  readonly tier: 'Standard' | 'Advanced';
  readonly dataType: string;
  readonly modifiedAtMs: number;
  /** ARN of the principal that wrote it. */
  readonly modifiedBy: string;
}

/** The labels of one version, in order. */
export function labelsOf({ labels }: ParameterRecord, version: number): string[] {
  return Object.keys(labels)
    .filter((label) => labels[label] === version)
    .toSorted();
}
