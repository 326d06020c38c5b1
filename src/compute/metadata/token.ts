import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../kernel/clock.ts';
import type { MachineId } from '../driver.ts';

/** A session of IMDSv2 lasts from one second to six hours. */
export const MAX_TTL_SECONDS = 21_600;

/**
 * Session tokens of IMDSv2. A token names its end and is signed for one machine, so nothing is
 * stored. The key lives as long as the process: after a restart clients get 401 and ask for a new
 * token, as the SDKs do.
 */
export class Tokens {
  readonly #clock: Clock;
  readonly #key = randomBytes(32);

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  issue(machine: MachineId, ttlSeconds: number): string {
    const end = Buffer.alloc(8);
    end.writeDoubleBE(this.#clock.now() + ttlSeconds * 1000);
    return Buffer.concat([end, this.#sign(machine, end)]).toString('base64');
  }

  /** Whole seconds that a token still has for this machine; undefined if it has none. */
  secondsLeft(machine: MachineId, token: string): number | undefined {
    const bytes = Buffer.from(token, 'base64');
    if (bytes.length !== 40) return undefined;
    const end = bytes.subarray(0, 8);
    if (!timingSafeEqual(bytes.subarray(8), this.#sign(machine, end))) return undefined;
    const leftMs = end.readDoubleBE() - this.#clock.now();
    return leftMs > 0 ? Math.ceil(leftMs / 1000) : undefined;
  }

  #sign(machine: MachineId, end: Uint8Array): Buffer {
    return createHmac('sha256', this.#key).update(machine).update(end).digest();
  }
}
