import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { createEd25519Key, createRsaKey } from '../domain/key-pairs/create-key.ts';
import { authorizedKey } from '../domain/key-pairs/public-key.ts';
import { checkTaggedTypes, tagsFor, wireTags } from '../domain/tags.ts';
import { checkKeyName, keyPairArn } from '../domain/key-pairs/names.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Makes a key and hands out its private half, which is kept nowhere. */
export const createKeyPair = operation(model.CreateKeyPair, {
  authorize: (input, { caller }: Ec2Scope) => ({
    action: 'ec2:CreateKeyPair',
    resource: keyPairArn(caller, input.KeyName),
  }),
  async handle(input, { caller, ids, clock, keyPairs }) {
    const keyName = checkKeyName(input.KeyName);
    if (input.KeyFormat === 'ppk') {
      throw errors.unsupported('Alacarte hands out keys in the format pem only.');
    }
    checkTaggedTypes(input.TagSpecifications, [kinds.keyPair]);
    const tags = tagsFor(caller, kinds.keyPair, input.TagSpecifications);
    if (await keyPairs.get(caller, keyName)) throw errors.keyPairExists(keyName);
    const { publicKey, fingerprint, material } =
      input.KeyType === 'ed25519' ? await createEd25519Key(ids) : await createRsaKey();
    const keyPair = {
      keyName,
      keyPairId: ids.resource('key'),
      keyType: publicKey.type,
      fingerprint,
      publicKey: authorizedKey(publicKey, keyName),
      createdAtMs: clock.now(),
    };
    await keyPairs.add(caller, keyPair, tags);
    return {
      KeyName: keyName,
      KeyPairId: keyPair.keyPairId,
      KeyFingerprint: fingerprint,
      KeyMaterial: material,
      Tags: wireTags(tags),
    };
  },
});
