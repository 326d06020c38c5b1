/** Whose fault an error is: `client` answers 4xx, `server` 5xx. */
export type Fault = 'client' | 'server';

export interface AwsErrorOptions {
  /** HTTP status; 400 unless the service says otherwise. */
  readonly status?: number;
  /** Further modelled members of the error's shape, e.g. `Item` of a failed condition. */
  readonly members?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/**
 * An error in AWS's own words, encoded by the gateway in the protocol of the request.
 * Thrown through the factories in a service's `errors.ts`, so that a text is written once.
 *
 * @param code the public error code, e.g. `ResourceNotFoundException` or `InvalidInstanceID.NotFound`
 */
export class AwsError extends Error {
  override readonly name = 'AwsError';
  readonly code: string;
  readonly status: number;
  readonly members: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, options: AwsErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.status = options.status ?? 400;
    this.members = options.members ?? {};
  }

  get fault(): Fault {
    return this.status >= 500 ? 'server' : 'client';
  }
}

/** A modelled operation that nobody has built yet. */
export function notImplemented(service: string, operation: string): AwsError {
  return new AwsError(
    'NotImplemented',
    `Alacarte does not implement ${service}:${operation} yet.`,
    {
      status: 501,
    },
  );
}
