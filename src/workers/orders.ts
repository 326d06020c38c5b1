import type { Entry } from '../gateway/activity/entry.ts';
import type { ClockState } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import type { AuthMode } from '../options.ts';
import type { EngineLocation } from '../storage/open.ts';

/** What a worker is told when it begins. */
export interface Start {
  readonly store: EngineLocation;
  /** The leader's own port, to which a worker hands on what it does not serve. */
  readonly leaderPort: number;
  readonly auth: AuthMode;
  readonly throttle: boolean;
  readonly account: string;
  readonly region: string;
  readonly clock: ClockState;
  /** What the leader watches. */
  readonly prefixes: readonly Uint8Array[];
}

/** The calls from the leader to a worker. */
export interface ToWorker {
  /** Answers with what the worker watches. */
  readonly start: Start;
  /** Takes connections from the socket that comes with it. */
  readonly serve: undefined;
  /** The leader has written these keys. */
  readonly written: readonly Uint8Array[];
  readonly clock: ClockState;
  /** Whether to hand on everything. */
  readonly handOn: boolean;
  /** Answers when nothing is under way and the store is closed. */
  readonly pause: undefined;
  /** Opens the store again. */
  readonly resume: undefined;
  /** Finishes what is under way and ends. */
  readonly close: undefined;
}

/** The calls from a worker to the leader. */
export interface ToLeader {
  readonly written: readonly Uint8Array[];
  readonly log: { readonly level: keyof Log; readonly details: object; readonly message: string };
  /** What it has answered since it last told. */
  readonly activity: readonly Entry[];
}
