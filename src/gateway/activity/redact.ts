import { isFields, setEntry } from '../protocols/shapes.ts';
import type { Fields } from '../protocols/protocol.ts';
import type { Member, ServiceModel } from '../../models/model.ts';

export const redacted = '(redacted)';

/** Secrets that not every model marks as such; STS's session token is one. */
const secretName =
  /^(?:SecretAccessKey|SessionToken|KeyMaterial|UserData|.*PrivateKey.*|.*Password.*)$/i;

/**
 * A value as JSON spells it, for people to look at: without what the model marks as sensitive, and
 * without members that the model does not know, as nobody can say what those hold.
 *
 * @param shapeName the value's shape in `model`
 */
export function redact(model: ServiceModel, shapeName: string, value: unknown): unknown {
  const shape = model.shapes[shapeName];
  if (shape?.type === 'list' && Array.isArray(value)) {
    return value.map((item: unknown) => redactMember(model, '', shape.member, item));
  }
  if (shape?.type === 'map' && isFields(value)) {
    return mapped(value, (_key, item) => redactMember(model, '', shape.value, item));
  }
  if ((shape?.type === 'structure' || shape?.type === 'union') && isFields(value)) {
    return mapped(value, (key, item) => {
      const member = Object.hasOwn(shape.members, key) ? shape.members[key] : undefined;
      return member && redactMember(model, key, member, item);
    });
  }
  return scalar(value);
}

function redactMember(model: ServiceModel, name: string, member: Member, value: unknown): unknown {
  if (value === undefined || value === null) return value;
  if (member.sensitive || secretName.test(name)) return redacted;
  return redact(model, member.shape, value);
}

function mapped(fields: Fields, of: (key: string, value: unknown) => unknown): Fields {
  const result: Fields = {};
  for (const [key, value] of Object.entries(fields)) setEntry(result, key, of(key, value));
  return result;
}

function scalar(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) {
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64');
  }
  return typeof value === 'bigint' ? value.toString() : value;
}
