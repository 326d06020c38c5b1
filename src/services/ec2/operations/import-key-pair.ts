import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { checkKeyName, keyPairArn } from '../domain/key-pairs/names.ts';
import { authorizedKey, parsePublicKey } from '../domain/key-pairs/public-key.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { checkTaggedTypes, tagsFor, wireTags } from '../domain/tags.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

export const importKeyPair = operation(model.ImportKeyPair, {
  authorize: (input, { caller }: Ec2Scope) => ({
    action: 'ec2:ImportKeyPair',
    resource: keyPairArn(caller, input.KeyName),
  }),
  async handle(input, { caller, ids, clock, keyPairs }) {
    const keyName = checkKeyName(input.KeyName);
    if (!input.PublicKeyMaterial?.length) throw errors.missingParameter('PublicKeyMaterial');
    const publicKey = parsePublicKey(input.PublicKeyMaterial);
    checkTaggedTypes(input.TagSpecifications, [kinds.keyPair]);
    const tags = tagsFor(caller, kinds.keyPair, input.TagSpecifications);
    const keyPair = {
      keyName,
      keyPairId: ids.resource('key'),
      keyType: publicKey.type,
      fingerprint: publicKey.fingerprint,
      publicKey: authorizedKey(publicKey, keyName),
      createdAtMs: clock.now(),
    };
    await keyPairs.add(caller, keyPair, tags);
    return {
      KeyName: keyName,
      KeyPairId: keyPair.keyPairId,
      KeyFingerprint: publicKey.fingerprint,
      Tags: wireTags(tags),
    };
  },
});
