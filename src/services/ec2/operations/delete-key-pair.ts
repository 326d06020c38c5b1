import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { clear, transact } from '../../../storage/records.ts';
import { keyPairArn } from '../domain/key-pairs/names.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Deleting what does not exist succeeds, as on AWS; running instances keep the key they were given. */
export const deleteKeyPair = operation(model.DeleteKeyPair, {
  authorize: (input, { caller }: Ec2Scope) => ({
    action: 'ec2:DeleteKeyPair',
    resource: keyPairArn(caller, input.KeyName),
  }),
  async handle(input, { caller, store, keyPairs, tags }) {
    if (!input.KeyName && !input.KeyPairId) throw errors.missingParameter('KeyName');
    const present = (await keyPairs.list(caller)).find(
      (each) => each.keyName === input.KeyName || each.keyPairId === input.KeyPairId,
    );
    if (!present) return { Return: true };
    const slot = keyPairs.at(caller, present.keyName);
    await transact(store, [slot], (now) => ({
      // Another request may have put a new key of this name in its place.
      writes:
        now?.keyPairId === present.keyPairId
          ? [clear(slot), tags.remove(caller, present.keyPairId)]
          : [],
      result: undefined,
    }));
    return { Return: true, KeyPairId: present.keyPairId };
  },
});
