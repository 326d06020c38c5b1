/** A request as the listener hands it on: complete, within the limits, nothing decoded. */
export interface HttpRequest {
  readonly method: string;
  /** As sent: percent-encoded, starting with `/`, without the query. */
  readonly path: string;
  /** As sent, without the `?`; empty where there is none. */
  readonly query: string;
  /** Lower-case names; a repeated header's values are joined by `,`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** The listener adds `content-length`, `date` and `connection`, and leaves the body out for HEAD. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
}
