import { AwsError } from '../kernel/aws-error.ts';
import type { Ids } from '../kernel/ids.ts';
import type { Refusal } from './http/listener.ts';
import { plainRefusal } from './http/listener.ts';
import type { HttpResponse, RequestHead } from './http/message.ts';
import { resolve } from './resolve.ts';

const codes: Readonly<Record<Refusal['status'], string>> = {
  400: 'BadRequest',
  405: 'MethodNotAllowed',
  408: 'RequestTimeout',
  413: 'RequestEntityTooLarge',
  417: 'ExpectationFailed',
  431: 'RequestHeaderSectionTooLarge',
  500: 'InternalFailure',
  501: 'NotImplemented',
};

/** Words what the listener itself turned down in the protocol that the request's head speaks. */
export function refuse(ids: Ids, refusal: Refusal, head: RequestHead | undefined): HttpResponse {
  if (!head) return plainRefusal(refusal);
  const { protocol, model } = resolve({ ...head, body: new Uint8Array() });
  const { status, reason } = refusal;
  return protocol.encodeError(
    { model },
    new AwsError(codes[status], reason, { status }),
    ids.uuid(),
  );
}
