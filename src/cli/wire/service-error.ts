import { modelledError } from '../../gateway/protocols/error-shape.ts';
import type { Call } from '../../gateway/protocols/protocol.ts';
import { isFields } from '../../gateway/protocols/shapes.ts';
import { parseXml, type XmlElement } from '../../gateway/protocols/xml-reader.ts';
import { exitCodes, Failure } from '../failure.ts';
import type { Answer } from './decode.ts';

/** What a service refused with. */
export class ServiceError extends Failure {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status: number, operation: string) {
    super(
      `An error occurred (${code}) when calling the ${operation} operation: ${message}`,
      exitCodes.service,
    );
    this.code = code;
    this.status = status;
  }
}

/** Reads the error out of an answer that is no success, whatever its protocol. */
export function serviceError({ model, name }: Call, answer: Answer): ServiceError {
  const { status, headers } = answer;
  const found = fromXml(answer.body) ?? fromJson(answer);
  const queryCode = headers['x-amzn-query-error']?.split(';')[0];
  const code = (model.awsQueryCompatible && queryCode) || found.code || String(status);
  const shown = modelledError(model, code)?.traits.code ?? code;
  return new ServiceError(shown, found.message ?? 'Unknown', status, name);
}

interface Found {
  readonly code: string | undefined;
  readonly message: string | undefined;
}

/** `<Error>` as the root (S3), or inside `<ErrorResponse>` or EC2's `<Response><Errors>`. */
function fromXml(body: Uint8Array): Found | undefined {
  const root = body[0] === 0x3c ? parseXml(body) : undefined;
  const error = root && findError(root);
  if (!error) return undefined;
  const textOf = (name: string): string | undefined =>
    error.children.find((child) => child.name.toLowerCase() === name)?.text;
  return { code: textOf('code'), message: textOf('message') };
}

function findError(element: XmlElement): XmlElement | undefined {
  if (element.name === 'Error') return element;
  for (const child of element.children) {
    const found = findError(child);
    if (found) return found;
  }
  return undefined;
}

function fromJson({ body, headers }: Answer): Found {
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(body).toString());
  } catch {
    json = undefined;
  }
  const fields = isFields(json) ? json : {};
  const type = headers['x-amzn-errortype'] ?? fields['__type'] ?? fields['code'];
  // `com.amazonaws.dynamodb.v20120810#ResourceNotFoundException:http://…`
  const code = typeof type === 'string' ? type.split(':')[0]!.split('#').at(-1) : undefined;
  const message = fields['message'] ?? fields['Message'];
  return { code, message: typeof message === 'string' ? message : undefined };
}
