import { isDeepStrictEqual } from 'node:util';
import type { Caller } from '../../../kernel/caller.ts';
import type { Clock } from '../../../kernel/clock.ts';
import type { Ids } from '../../../kernel/ids.ts';
import type { Engine, Write } from '../../../storage/engine.ts';
import { Records, clear, set, transact, type Slot } from '../../../storage/records.ts';
import * as errors from '../errors.ts';
import type { ResourceRequest } from './resource-request.ts';

// https://docs.aws.amazon.com/cloudcontrolapi/latest/userguide/resource-operations-manage-requests.html
const KEPT_MS = 7 * 24 * 60 * 60 * 1000;

/** A client's own token, with the request that it stands for. */
interface ClientToken {
  readonly token: string;
  readonly asked: unknown;
}

type Place = Pick<Caller, 'account' | 'region'>;

/** Requests for changes to resources: those under way and those of the last seven days. */
export class Requests {
  readonly #store: Engine;
  readonly #clock: Clock;
  readonly #ids: Ids;
  readonly #requests: Records<ResourceRequest>;
  readonly #clientTokens: Records<ClientToken>;
  /** Which request a resource is being changed by. */
  readonly #changing: Records<string>;

  constructor(store: Engine, clock: Clock, ids: Ids) {
    this.#store = store;
    this.#clock = clock;
    this.#ids = ids;
    this.#requests = new Records(store, 'cloudcontrol', 'request');
    this.#clientTokens = new Records(store, 'cloudcontrol', 'client-token');
    this.#changing = new Records(store, 'cloudcontrol', 'changing');
  }

  /**
   * Records a request, unless its client token has been used for the same one before.
   *
   * @param asked the client's input: a token that comes with another one is refused
   * @param order the write that has the request carried out
   * @throws ClientTokenConflictException, ConcurrentOperationException
   */
  place(
    { caller, type, order }: Pick<ResourceRequest, 'caller' | 'type' | 'order'>,
    client: { readonly token: string | undefined; readonly asked: unknown },
    workflow: (token: string) => Write,
  ): Promise<ResourceRequest> {
    const token = this.#ids.uuid();
    const identifier = 'identifier' in order ? order.identifier : undefined;
    const request: ResourceRequest = {
      ...{ token, type, caller, order, status: 'IN_PROGRESS', updatedAtMs: this.#clock.now() },
      ...(identifier !== undefined && { identifier }),
    };
    const used = this.#clientTokens.at(caller.account, caller.region, client.token ?? token);
    const busy = this.#busy(request) ?? this.#changing.at(caller.account, caller.region, token);
    return transact(this.#store, [used, busy], (known, changing) => {
      if (known) return { writes: [], result: this.#again(known, client, request) };
      if (changing !== undefined) throw errors.concurrentOperation(type, `${identifier}`);
      const asked = JSON.parse(JSON.stringify(client.asked)) as unknown;
      const writes = [this.#set(request), set(used, { token, asked }), workflow(token)];
      return {
        writes: identifier === undefined ? writes : [...writes, set(busy, token)],
        result: request,
      };
    }).then(async (placed) => (placed.token === token ? placed : this.get(caller, placed.token)));
  }

  /** @throws RequestTokenNotFoundException */
  async get(place: Place, token: string): Promise<ResourceRequest> {
    const request = await this.find(place, token);
    if (!request) throw errors.requestTokenNotFound(token);
    return request;
  }

  async find({ account, region }: Place, token: string): Promise<ResourceRequest | undefined> {
    const request = await this.#requests.get(account, region, token);
    return request && this.#kept(request) ? request : undefined;
  }

  /** Newest first. */
  async list({ account, region }: Place): Promise<ResourceRequest[]> {
    const requests = await this.#requests.list(account, region);
    return requests
      .filter((request) => this.#kept(request))
      .toSorted((one, other) => other.updatedAtMs - one.updatedAtMs);
  }

  /** Changes a request, and lets go of its resource once it has ended. */
  async change(
    place: Place,
    token: string,
    change: (request: ResourceRequest) => Partial<ResourceRequest>,
  ): Promise<ResourceRequest> {
    const slot = this.#requests.at(place.account, place.region, token);
    return transact(this.#store, [slot], (request) => {
      if (!request) throw errors.requestTokenNotFound(token);
      const changed = { ...request, ...change(request), updatedAtMs: this.#clock.now() };
      const busy = changed.status === 'IN_PROGRESS' ? undefined : this.#busy(changed);
      return { writes: [set(slot, changed), ...(busy ? [clear(busy)] : [])], result: changed };
    });
  }

  #again(
    known: ClientToken,
    { token, asked }: { readonly token: string | undefined; readonly asked: unknown },
    request: ResourceRequest,
  ): ResourceRequest {
    if (!isDeepStrictEqual(known.asked, JSON.parse(JSON.stringify(asked)))) {
      throw errors.clientTokenConflict(`${token}`);
    }
    return { ...request, token: known.token };
  }

  #busy({ caller, type, order }: ResourceRequest): Slot<string> | undefined {
    if (!('identifier' in order)) return undefined;
    return this.#changing.at(caller.account, caller.region, type, order.identifier);
  }

  #set(request: ResourceRequest): Write {
    const { account, region } = request.caller;
    return set(this.#requests.at(account, region, request.token), request);
  }

  #kept({ status, updatedAtMs }: ResourceRequest): boolean {
    return status === 'IN_PROGRESS' || updatedAtMs + KEPT_MS > this.#clock.now();
  }
}
