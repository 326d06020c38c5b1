import { encode } from 'cborg';
import { ec2ParameterName } from '../../src/models/ec2-parameter.ts';
import type { Member, ProtocolName, ServiceModel } from '../../src/models/model.ts';
import type { Value } from './almost-input.ts';

/** Calls an operation in one of its service's protocols with an input of any shape, unsigned by any SDK. */
export function rawRequest(
  model: ServiceModel,
  operation: string,
  protocol: ProtocolName,
  input: Value,
): { readonly path: string; readonly init: RequestInit } {
  const { path = '/', headers, body } = wire(model, operation, protocol, input);
  const scope = `20261123/us-east-1/${model.signingName}/aws4_request`;
  // Nobody's key: on loopback its signature cannot be checked, and it is root.
  const authorization = `AWS4-HMAC-SHA256 Credential=nobody/${scope}, SignedHeaders=host;x-amz-date, Signature=00`;
  const signed = { ...headers, authorization, 'x-amz-date': '20261123T120000Z' };
  return { path, init: { method: 'POST', headers: signed, body } };
}

interface Wire {
  readonly path?: string;
  readonly headers: Record<string, string>;
  readonly body: string | Uint8Array<ArrayBuffer>;
}

function wire(model: ServiceModel, operation: string, protocol: ProtocolName, input: Value): Wire {
  switch (protocol) {
    case 'aws-json-1.0':
    case 'aws-json-1.1':
      return {
        headers: {
          'content-type': `application/x-amz-json-${protocol.slice(-3)}`,
          'x-amz-target': `${model.targetPrefix}.${operation}`,
        },
        body: JSON.stringify(input),
      };
    case 'cbor':
      return {
        path: `/service/${model.cborServiceName}/operation/${operation}`,
        headers: { 'smithy-protocol': 'rpc-v2-cbor', 'content-type': 'application/cbor' },
        body: new Uint8Array(encode(input)),
      };
    case 'aws-query':
    case 'ec2-query': {
      const form = new URLSearchParams({ Action: operation, Version: model.apiVersion });
      for (const [name, value] of parameters(model, input, [], model.operations[operation]?.input))
        form.append(name, value);
      return {
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: form.toString(),
      };
    }
    case 'rest-json':
    case 'rest-xml':
      throw new Error(`no service that is built speaks ${protocol} yet: write its requests here`);
  }
}

/**
 * A tree as the query protocols flatten it, `Filter.1.Name=x`, or `Names.member.1=x` where it is not
 * EC2's; under the model's names where `shape` still says what is meant, else under its own.
 */
function* parameters(
  model: ServiceModel,
  value: Value,
  path: readonly string[],
  shape: string | undefined,
): Generator<[string, string]> {
  const meant = shape === undefined ? undefined : model.shapes[shape];
  if (typeof value !== 'object' || value === null) {
    yield [path.join('.'), String(value)];
  } else if (Array.isArray(value)) {
    const items = model.protocols.includes('ec2-query') ? path : [...path, 'member'];
    const inner = meant?.type === 'list' ? meant.member.shape : undefined;
    for (const [at, item] of value.entries()) {
      yield* parameters(model, item, [...items, String(at + 1)], inner);
    }
  } else {
    const members = meant && 'members' in meant ? meant.members : {};
    for (const [key, inner] of Object.entries(value)) {
      const member = Object.hasOwn(members, key) ? members[key] : undefined;
      yield* parameters(model, inner, [...path, nameOf(model, key, member)], member?.shape);
    }
  }
}

function nameOf(model: ServiceModel, key: string, member: Member | undefined): string {
  if (!member) return key;
  return model.protocols.includes('ec2-query') ? ec2ParameterName(key, member) : key;
}
