import type { AnyOperation } from '../../kernel/operation.ts';
import { createKeyPair } from './operations/create-key-pair.ts';
import { deleteKeyPair } from './operations/delete-key-pair.ts';
import { describeKeyPairs } from './operations/describe-key-pairs.ts';
import { importKeyPair } from './operations/import-key-pair.ts';
import type { Ec2Scope } from './scope.ts';

/** Key pairs. */
export const keyPairOperations: readonly AnyOperation<Ec2Scope>[] = [
  createKeyPair,
  deleteKeyPair,
  describeKeyPairs,
  importKeyPair,
];
