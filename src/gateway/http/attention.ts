import type { RequestContext } from './listener.ts';

/** Whether the client still waits for its answer. The signal is made when it is asked for: few handlers look. */
export class Attention implements RequestContext {
  #controller: AbortController | undefined;
  #isLost = false;

  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#isLost) this.#controller.abort();
    return this.#controller.signal;
  }

  /** The client has hung up. */
  lose(): void {
    this.#isLost = true;
    this.#controller?.abort();
  }
}
