import type { Realization } from '../../kernel/operation.ts';
import type { ProtocolName } from '../../models/model.ts';

/** One call that was answered, as `GET /_alacarte/activity` tells of it. */
export interface Entry {
  /** Counts answers since the start, from 1. */
  readonly sequence: number;
  /** When the call came, in cloud time: ISO 8601. */
  readonly time: string;
  readonly requestId: string;
  /** Absent, as `operation` is, where the request named nothing that is modelled. */
  readonly service?: string;
  readonly operation?: string;
  /** Absent for a call that a service made. */
  readonly protocol?: ProtocolName;
  /** Absent where nobody was authenticated. */
  readonly account?: string;
  readonly region?: string;
  /** The principal's ARN. */
  readonly principal?: string;
  /** Where nobody was authenticated: whose key the request said it was. */
  readonly accessKeyId?: string;
  /** For a call that a service made for a caller: the services it went through. */
  readonly calledVia?: readonly string[];
  /** The host's milliseconds, with fractions. */
  readonly durationMs: number;
  /** As HTTP has it. */
  readonly status: number;
  readonly error?: { readonly code: string; readonly message: string };
  readonly realization?: Realization;
  readonly userAgent?: string;
}

/** What a call took and gave, as JSON by the model's members, without its secrets. */
export interface Bodies {
  readonly input?: unknown;
  readonly output?: unknown;
}

/** Stands where a reader was too slow for what was kept. */
export interface Missed {
  readonly missed: number;
}
