import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Caller } from './caller.ts';
import type { ResourceContext } from './resource-type.ts';
import type { Platform } from './service.ts';

const FIRST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 500;
const RANDOM_CHARACTERS = 12;

/** What a resource's keeper (CloudFormation, Cloud Control) says of one change to it. */
export interface ResourceChange {
  readonly caller: Caller;
  /** The keeper's name among services, e.g. `cloudformation.amazonaws.com`. */
  readonly via: string;
  readonly token: string;
  /** What generated names begin with, e.g. `shop-Orders`. */
  readonly nameStem: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** The one way in which resource types act, whoever keeps the resource. */
export function resourceContext(platform: Platform, change: ResourceChange): ResourceContext {
  const { token, nameStem, signal, tags = {} } = change;
  const calledVia = [...(change.caller.calledVia ?? []), change.via];
  const caller = { ...change.caller, calledVia };
  return {
    ...{ caller, token, tags, signal },
    generatedName(maxLength) {
      const stem = nameStem.slice(0, Math.max(0, maxLength - RANDOM_CHARACTERS - 1));
      return `${stem}-${randomPart(token)}`;
    },
    invoke: (operation, input) => platform.invoke(caller, operation, input),
    until: (reached) => until(reached, signal),
  };
}

/** Looks random and is the same at every attempt, as the token is. */
function randomPart(token: string): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
  const digest = createHash('sha256').update(token).digest();
  return Array.from(digest.subarray(0, RANDOM_CHARACTERS), (byte) => letters[byte % 36]).join('');
}

// Waits by the host's time: what it waits for is work of this host, not the passing of cloud time.
async function until(reached: () => Promise<boolean>, signal: AbortSignal): Promise<void> {
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 1.5, LONGEST_PAUSE_MS)) {
    signal.throwIfAborted();
    if (await reached()) return;
    await pause(pauseMs, undefined, { signal });
  }
}
