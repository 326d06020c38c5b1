/** Where a cloud says what it does, beside its answers. pino's loggers are such logs. */
export interface Log {
  info(message: string): void;
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** Nobody listens: a cloud inside a test need not load a logger. */
export const silent: Log = { info() {}, warn() {}, error() {} };
