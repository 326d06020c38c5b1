import type { KeyPairInfo } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Filters } from '../domain/filters.ts';
import { keyPairInfo } from '../domain/key-pairs/key-pairs.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

const filters: Filters<KeyPairInfo> = {
  'key-pair-id': (key) => key.KeyPairId,
  fingerprint: (key) => key.KeyFingerprint,
  'key-name': (key) => key.KeyName,
};

export const describeKeyPairs = operation(model.DescribeKeyPairs, {
  async handle(input, { caller, keyPairs, tags }: Ec2Scope) {
    const infos = (await keyPairs.list(caller)).map(keyPairInfo);
    const all = await tags.join(caller, infos, (key) => key.KeyPairId);
    const names = input.KeyNames?.length ? new Set(input.KeyNames) : undefined;
    for (const name of names ?? []) {
      if (!all.some((key) => key.KeyName === name)) throw errors.keyPairNotFound(name);
    }
    const named = names ? all.filter((key) => names.has(key.KeyName ?? '')) : all;
    const { found } = select(named, input, {
      id: (key) => key.KeyPairId,
      ids: { kind: kinds.keyPair, given: input.KeyPairIds },
      filters,
    });
    const byName = found.toSorted((a, b) => ((a.KeyName ?? '') < (b.KeyName ?? '') ? -1 : 1));
    return {
      KeyPairs: input.IncludePublicKey
        ? byName
        : byName.map((key) => ({ ...key, PublicKey: undefined })),
    };
  },
});
