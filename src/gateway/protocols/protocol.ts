import type { AwsError } from '../../kernel/aws-error.ts';
import type { OperationModel, ProtocolName, ServiceModel } from '../../models/model.ts';
import type { HttpRequest, HttpResponse } from '../http/message.ts';

/** What a request turned out to be. */
export interface Call {
  readonly model: ServiceModel;
  readonly name: string;
  readonly operation: OperationModel;
}

/**
 * One wire protocol, both ways. Decoded inputs and outputs have the shapes of the SDK's types:
 * blobs are `Uint8Array`, timestamps `Date`, members by their modelled names, absent is undefined.
 */
export interface Protocol {
  readonly name: ProtocolName;
  /** Throws `AwsError` (`SerializationException`, `MalformedQueryString`, …) for bytes that do not parse. */
  decode(call: Call, request: HttpRequest): Record<string, unknown>;
  encode(call: Call, output: Record<string, unknown>, requestId: string): HttpResponse;
  /** `call` lacks `operation` where the request named none that is known. */
  encodeError(
    call: Pick<Call, 'model'> & Partial<Call>,
    error: AwsError,
    requestId: string,
  ): HttpResponse;
}
