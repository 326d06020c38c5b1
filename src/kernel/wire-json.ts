/**
 * An answer that is JSON already, in the form of the AWS JSON protocols. DynamoDB's hot operations
 * give this, so that stored items are copied and never parsed.
 */
export class WireJson {
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
}
