import { hash } from 'node:crypto';
import type { Caller } from '../../../kernel/caller.ts';
import type { Clock } from '../../../kernel/clock.ts';
import type { Log } from '../../../kernel/log.ts';
import type { Controller } from '../../../kernel/service.ts';
import type { Engine, Key, Value, Write } from '../../../storage/engine.ts';
import { key } from '../../../storage/keys.ts';
import { tokenMismatch } from '../errors.ts';

type Owner = Pick<Caller, 'account' | 'region'>;

/** How long the same token stands for the same request. */
const VALID_MS = 10 * 60 * 1000;
const SWEPT_AT_ONCE = 1_000;
const TOKENS = key('dynamodb', 'request-token');

/** A request that bears a token. */
export interface TokenUse {
  /** Where its record may stand: to be read in the request's own transaction. */
  readonly places: readonly Key[];
  /**
   * Whether the request was made before, from what stands at `places`.
   *
   * @throws AwsError `IdempotentParameterMismatchException` for one with other parameters
   */
  isRepeated(values: readonly (Value | undefined)[]): boolean;
  /** What records the request, in the same transaction. */
  record(): Write;
}

/**
 * Which transactions were made, for ten minutes by their tokens. A record stands below the ten
 * minutes it was made in, so a token is looked for in these and the ten before, and whatever is
 * older is one range to sweep.
 */
export class RequestTokens {
  readonly #store: Engine;
  readonly #clock: Clock;
  readonly #log: Log;

  constructor(parts: { readonly store: Engine; readonly clock: Clock; readonly log: Log }) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#log = parts.log;
  }

  /** @param parameters what must come again with the token: anything that JSON can say */
  use(owner: Owner, token: string, parameters: unknown): TokenUse {
    const atMs = this.#clock.now();
    const fingerprint = hash('sha256', canonical(parameters), 'base64');
    const placeIn = (window: Key): Key => key(window, owner.account, owner.region, token);
    const places = [placeIn(windowAt(atMs)), placeIn(windowAt(atMs - VALID_MS))];
    return {
      places,
      isRepeated(values) {
        const records = values.flatMap((value) => (value ? [decode(value)] : []));
        const valid = records.find((record) => atMs - record.atMs < VALID_MS);
        if (valid && valid.fingerprint !== fingerprint) throw tokenMismatch();
        return valid !== undefined;
      },
      record: () => ({
        key: places[0]!,
        value: Buffer.from(JSON.stringify({ atMs, fingerprint } satisfies Used)),
      }),
    };
  }

  /** Sweeps at start and every ten minutes. */
  readonly sweeper: Controller = {
    name: 'dynamodb-request-tokens',
    start: async () => {
      let sweeping = Promise.resolve();
      let stop = (): void => {};
      const round = (): void => {
        sweeping = sweeping
          .then(() => this.sweep())
          .catch((err: unknown) => this.#log.error({ err }, 'request tokens were not swept'));
        stop = this.#clock.after(VALID_MS, round);
      };
      round();
      return async () => {
        stop();
        await sweeping;
      };
    },
  };

  /** Removes what is no longer valid. */
  async sweep(): Promise<void> {
    const range = { from: TOKENS, to: windowAt(this.#clock.now() - VALID_MS) };
    for (;;) {
      const entries = await this.#store.range({ ...range, limit: SWEPT_AT_ONCE });
      if (entries.length === 0) return;
      const writes = entries.map((entry) => ({ key: entry.key, value: undefined }));
      await this.#store.transact([], () => ({ writes, result: undefined }));
    }
  }
}

interface Used {
  readonly atMs: number;
  readonly fingerprint: string;
}

function decode(value: Value): Used {
  return JSON.parse(Buffer.from(value).toString()) as Used;
}

function windowAt(ms: number): Key {
  const number = Buffer.allocUnsafe(6);
  number.writeUIntBE(Math.max(0, Math.floor(ms / VALID_MS)), 0, 6);
  return Buffer.concat([TOKENS, number]);
}

/** JSON whose members are in order: a client may send maps in another one when it tries again. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = value as Record<string, unknown>;
  let text = '';
  for (const name of Object.keys(members).toSorted()) {
    if (members[name] === undefined) continue;
    text += `${text === '' ? '{' : ','}${JSON.stringify(name)}:${canonical(members[name])}`;
  }
  return text === '' ? '{}' : `${text}}`;
}
