/** A request without its body: what a limit on the body may depend on. */
export interface RequestHead {
  readonly method: string;
  /** As sent: percent-encoded, starting with `/`, without the query. */
  readonly path: string;
  /** As sent, without the `?`; empty where there is none. */
  readonly query: string;
  /** Lower-case names; a repeated header's values are joined by `,`. No prototype. */
  readonly headers: Readonly<Record<string, string>>;
}

/** A request as the listener hands it on: complete, within the limits, nothing decoded. */
export interface HttpRequest extends RequestHead {
  readonly body: Uint8Array;
}

/** The listener adds `content-length`, `date` and `connection`, and leaves the body out for HEAD. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
}

/** An answer whose body comes bit by bit; how fast is up to the client. */
export interface HttpStream {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Asked for more when the client has taken what there was; returned from when it hangs up. */
  readonly body: AsyncIterable<Uint8Array>;
}

export function isStream(answer: HttpResponse | HttpStream): answer is HttpStream {
  return typeof answer.body === 'object' && Symbol.asyncIterator in answer.body;
}
