import { createHash } from 'node:crypto';
import type { Caller } from '../../../kernel/caller.ts';
import type { Platform } from '../../../kernel/service.ts';
import type { Write } from '../../../storage/engine.ts';
import { clear, Records, set, type Slot, transact } from '../../../storage/records.ts';
import * as errors from '../errors.ts';
import { isFinished, type ResourceRequest } from './request.ts';

// https://docs.aws.amazon.com/cloudcontrolapi/latest/userguide/resource-operations-manage-requests.html
const HOUR_MS = 3_600_000;
const REQUEST_KEPT_MS = 7 * 24 * HOUR_MS;
const CLIENT_TOKEN_VALID_MS = 36 * HOUR_MS;

type Owner = Pick<Caller, 'account' | 'region'>;

/** The workflow that carries requests out, by name. */
export const fulfilment = { name: 'cloudcontrol:ResourceRequest' } as const;

/** Where a request is found: the state of its workflow. */
export interface RequestOrder {
  readonly owner: Owner;
  readonly token: string;
}

/** What a caller asks for, before it is recorded. */
export type NewRequest = Pick<
  ResourceRequest,
  'caller' | 'operation' | 'type' | 'identifier' | 'desired' | 'previous'
>;

interface WithClientToken {
  readonly ClientToken?: string | undefined;
}

/** A client's token, so that a repeated request is known again. */
interface ClientToken {
  readonly token: string;
  /** Of what was asked for with it. */
  readonly digest: string;
  readonly usedAtMs: number;
}

/** All requests of a cloud, finished ones for seven days. */
export class Requests {
  readonly #platform: Platform;
  readonly #requests: Records<ResourceRequest>;
  readonly #clientTokens: Records<ClientToken>;
  /** Which request has a resource in hand. */
  readonly #holders: Records<string>;

  constructor(platform: Platform) {
    this.#platform = platform;
    this.#requests = new Records(platform.store, 'cloudcontrol', 'request');
    this.#clientTokens = new Records(platform.store, 'cloudcontrol', 'client-token');
    this.#holders = new Records(platform.store, 'cloudcontrol', 'holder');
  }

  /**
   * The request that a client token was used with before.
   * @param input the whole input, which must be the same
   * @throws AwsError `ClientTokenConflictException` where it is not
   */
  async repeated(caller: Owner, input: WithClientToken): Promise<ResourceRequest | undefined> {
    if (input.ClientToken === undefined) return undefined;
    const { account, region } = caller;
    const used = await this.#clientTokens.get(account, region, input.ClientToken);
    const token = this.#tokenOf(used, input);
    return token === undefined ? undefined : this.#requests.get(account, region, token);
  }

  /** Records a request and orders it to be carried out. */
  async place(asked: NewRequest, input: WithClientToken): Promise<ResourceRequest> {
    const { account, region } = asked.caller;
    const token = this.#platform.ids.uuid();
    const now = this.#now();
    const request: ResourceRequest = {
      ...{ ...asked, token, placedAtMs: now, eventAtMs: now },
      status: 'IN_PROGRESS',
    };
    const order = { owner: { account, region }, token };
    const client = this.#clientTokens.at(account, region, input.ClientToken ?? token);
    const holder = this.#holderOf(request);
    const writes = [
      set(this.#requests.at(account, region, token), request),
      set(holder, token),
      this.#platform.workflows.order(fulfilment, token, order),
    ];
    if (input.ClientToken !== undefined) {
      writes.push(set(client, { token, digest: digestOf(input), usedAtMs: now }));
    }
    const placed = await transact(this.#platform.store, [client, holder], (used, held) => {
      const repeated = this.#tokenOf(used, input);
      if (repeated !== undefined) return { writes: [], result: repeated };
      if (held !== undefined) throw errors.concurrentOperation(asked.type, asked.identifier!);
      return { writes, result: token };
    });
    if (placed !== token) return this.get(order.owner, placed);
    this.#platform.workflows.start(fulfilment, token);
    return request;
  }

  /** @throws AwsError where there is none, or none any more */
  async get({ account, region }: Owner, token: string): Promise<ResourceRequest> {
    const request = await this.#requests.get(account, region, token);
    if (!request || this.#isOver(request)) throw errors.requestTokenNotFound(token);
    return request;
  }

  /** Latest first. */
  async list({ account, region }: Owner): Promise<readonly ResourceRequest[]> {
    const all = await this.#requests.list(account, region);
    return all
      .filter((request) => !this.#isOver(request))
      .toSorted((one, other) => other.placedAtMs - one.placedAtMs);
  }

  /** Records progress of a request that goes on; a finished one lets go of its resource. */
  async change(
    request: ResourceRequest,
    change: Partial<ResourceRequest>,
  ): Promise<ResourceRequest> {
    const { account, region } = request.caller;
    const slot = this.#requests.at(account, region, request.token);
    return transact(this.#platform.store, [slot], (current = request) => {
      if (isFinished(current)) return { writes: [], result: current };
      const next: ResourceRequest = { ...current, ...change, eventAtMs: this.#now() };
      const writes: Write[] = [set(slot, next)];
      if (isFinished(next)) writes.push(clear(this.#holderOf(current)));
      return { writes, result: next };
    });
  }

  /** Two changes of one resource at a time are refused; two creations are up to the service. */
  #holderOf({ caller, operation, type, identifier, token }: ResourceRequest): Slot<string> {
    const held = operation === 'CREATE' || identifier === undefined ? token : identifier;
    return this.#holders.at(caller.account, caller.region, type, held);
  }

  /** The token of the request that the same input placed, while its client token is valid. */
  #tokenOf(used: ClientToken | undefined, input: WithClientToken): string | undefined {
    if (!used || this.#now() - used.usedAtMs >= CLIENT_TOKEN_VALID_MS) return undefined;
    if (used.digest !== digestOf(input)) throw errors.clientTokenConflict(input.ClientToken!);
    return used.token;
  }

  #isOver(request: ResourceRequest): boolean {
    return isFinished(request) && this.#now() - request.eventAtMs >= REQUEST_KEPT_MS;
  }

  #now(): number {
    return this.#platform.clock.now();
  }
}

function digestOf(input: object): string {
  return createHash('sha256').update(JSON.stringify(input)).digest('hex');
}
