import type { KeyPairInfo } from '@aws-sdk/client-ec2';
import { resourceType, type ResourceContext } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { ResourceModels } from '../../../models/generated/resource-types.ts';
import * as ssm from '../../../models/generated/ssm.ts';
import { unless } from './refusals.ts';
import { isOurs, shownTags, specification } from './tags.ts';

type KeyPair = ResourceModels['AWS::EC2::KeyPair'];

/**
 * The private half of a key that is made here is kept as a parameter of SSM.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/create-key-pairs.html#create-key-pair-cloudformation
 */
export const keyPair = resourceType('AWS::EC2::KeyPair', {
  properties: ['KeyFormat', 'KeyName', 'KeyType', 'PublicKeyMaterial', 'Tags'],

  async create(desired, context) {
    const standing = await describe(desired.KeyName, context);
    if (standing && isOurs(standing.Tags, context)) {
      if (desired.PublicKeyMaterial || (await isKept(standing, context))) return desired.KeyName;
      // An earlier attempt made it and was cut off with its private half: nobody can have used it.
      await context.invoke(model.DeleteKeyPair, { KeyName: desired.KeyName });
    }
    await (desired.PublicKeyMaterial
      ? importKey(desired, desired.PublicKeyMaterial, context)
      : createKey(desired, context));
    return desired.KeyName;
  },

  async read(name, context) {
    const found = await describe(name, context);
    if (!found) return undefined;
    const Tags = shownTags(found.Tags);
    return {
      KeyName: name,
      KeyPairId: found.KeyPairId!,
      KeyFingerprint: found.KeyFingerprint!,
      KeyType: found.KeyType!,
      ...(Tags && { Tags }),
    };
  },

  async delete(name, context) {
    const found = await describe(name, context);
    if (!found) return;
    const Name = parameterName(found);
    await unless('ParameterNotFound', context.invoke(ssm.DeleteParameter, { Name }));
    await context.invoke(model.DeleteKeyPair, { KeyName: name });
  },

  async list({ invoke }) {
    const { KeyPairs = [] } = await invoke(model.DescribeKeyPairs, {});
    return KeyPairs.map(({ KeyName }) => KeyName!);
  },
});

async function importKey(desired: KeyPair, material: string, context: ResourceContext) {
  await context.invoke(model.ImportKeyPair, {
    KeyName: desired.KeyName,
    PublicKeyMaterial: Buffer.from(material),
    TagSpecifications: [specification('key-pair', desired.Tags, context)],
  });
}

async function createKey(desired: KeyPair, context: ResourceContext): Promise<void> {
  const made = await context.invoke(model.CreateKeyPair, {
    KeyName: desired.KeyName,
    KeyType: desired.KeyType as 'rsa' | 'ed25519' | undefined,
    KeyFormat: desired.KeyFormat as 'pem' | 'ppk' | undefined,
    TagSpecifications: [specification('key-pair', desired.Tags, context)],
  });
  await context.invoke(ssm.PutParameter, {
    Name: parameterName(made),
    Type: 'SecureString',
    Value: made.KeyMaterial!,
  });
}

async function isKept(key: KeyPairInfo, { invoke }: ResourceContext): Promise<boolean> {
  const answer = invoke(ssm.GetParameter, { Name: parameterName(key) });
  return (await unless('ParameterNotFound', answer)) !== undefined;
}

function parameterName({ KeyPairId }: { KeyPairId?: string | undefined }): string {
  return `/ec2/keypair/${KeyPairId}`;
}

async function describe(
  name: string,
  { invoke }: ResourceContext,
): Promise<KeyPairInfo | undefined> {
  const answer = invoke(model.DescribeKeyPairs, { KeyNames: [name] });
  return (await unless('InvalidKeyPair.NotFound', answer))?.KeyPairs?.[0];
}
