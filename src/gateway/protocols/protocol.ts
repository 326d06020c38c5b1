import type { AwsError } from '../../kernel/aws-error.ts';
import type { WireJson } from '../../kernel/wire-json.ts';
import type { OperationModel, ProtocolName, ServiceModel } from '../../models/model.ts';
import type { HttpRequest, HttpResponse } from '../http/message.ts';

/** What a request turned out to be. */
export interface Call {
  readonly model: ServiceModel;
  readonly name: string;
  readonly operation: OperationModel;
}

/** A call whose operation may be unknown: enough to word an error. */
export type PartialCall = Pick<Call, 'model'> & Partial<Call>;

/** An input or output by its modelled members. */
export type Fields = Record<string, unknown>;

/**
 * One wire protocol, both ways. Decoded inputs and outputs have the shapes of the SDK's types:
 * blobs are `Uint8Array`, timestamps `Date`, members by their modelled names, absent is undefined.
 * A number beyond 2^53 is read as the nearest double, as the SDK's types have it; an output may
 * hold a bigint, which is written exactly.
 */
export interface Protocol {
  readonly name: ProtocolName;
  /** Throws `AwsError` (`SerializationException`, `MalformedQueryString`, …) for bytes that do not parse. */
  decode(call: Call, request: HttpRequest): Fields;
  encode(call: Call, output: Fields, requestId: string): HttpResponse;
  encodeError(call: PartialCall, error: AwsError, requestId: string): HttpResponse;
  /**
   * For operations flagged `wire`: the input as JSON spells it (blobs base64, timestamps epoch
   * seconds), unchecked against the model where the protocol is JSON itself.
   */
  decodeWire?(call: Call, request: HttpRequest): Fields;
  /** The way back: the output as JSON spells it, as an object or as bytes. */
  encodeWire?(call: Call, output: Fields | WireJson, requestId: string): HttpResponse;
}
