/**
 * An answer that is JSON already, in the form of the AWS JSON protocols. DynamoDB's hot operations
 * give this, so that stored items are copied and never parsed.
 */
export class WireJson {
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** The answer as JSON has it: blobs are base64, timestamps are seconds. */
  parse(): Record<string, unknown> {
    return JSON.parse(Buffer.from(this.bytes).toString()) as Record<string, unknown>;
  }
}
