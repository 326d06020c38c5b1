import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../../kernel/log.ts';
import { type ChannelParts, MetadataChannel } from './metadata-channel.ts';

/** How a container ends whose guest asked the kernel to reboot: its init by the signal SIGHUP. */
const REBOOTED = 129;
/** Between two tries to reach a container's metadata listener. */
const RETRY_MS = 1_000;

/** A machine that is on, held by this process: it hears of its end and serves its metadata. */
export class RunningContainer {
  /** Whether this process is switching it off; another end was the guest's own or a crash. */
  endAsked = false;
  /** How it ended; undefined when this process has let go of it. */
  readonly ended: Promise<'off' | 'rebooted' | undefined>;
  readonly #parts: ChannelParts;
  readonly #log: Log;
  readonly #letGo = new AbortController();
  #channel: MetadataChannel | undefined;

  constructor(parts: ChannelParts, log: Log) {
    this.#parts = parts;
    this.#log = log;
    this.ended = this.#waitForEnd();
    void this.#serveMetadata();
  }

  /** Leaves the machine running for the next process. */
  letGo(): void {
    this.#letGo.abort();
    this.#channel?.close();
  }

  /** Whether it has ended before `timeoutMs`. */
  async hasEnded(timeoutMs: number): Promise<boolean> {
    const waiting = new AbortController();
    const late = sleep(timeoutMs, false, { signal: waiting.signal }).catch(() => false);
    const first = await Promise.race([this.ended.then(() => true), late]);
    waiting.abort();
    return first;
  }

  /**
   * Follows the container's events, and looks at each. The engine has a call that waits for the end,
   * but podman answers it by asking itself without a pause, and takes a processor for that.
   */
  async #waitForEnd(): Promise<'off' | 'rebooted' | undefined> {
    const { engine, container } = this.#parts;
    const { signal } = this.#letGo;
    try {
      const filters = JSON.stringify({ container: [container] });
      const events = await engine.stream('GET', '/events', { query: { filters }, signal });
      // What came before the stream is not in it.
      let exitCode = await this.#exitCode();
      if (exitCode === undefined) {
        for await (const _ of events) {
          exitCode = await this.#exitCode();
          if (exitCode !== undefined) break;
        }
      }
      return exitCode === REBOOTED ? 'rebooted' : 'off';
    } catch {
      // The engine has ended or the container is gone: who listens looks for itself.
      return signal.aborted ? undefined : 'off';
    } finally {
      this.letGo();
    }
  }

  /** Undefined while it runs. */
  async #exitCode(): Promise<number | undefined> {
    const { engine, container } = this.#parts;
    const { State } = await engine.call<{ State: { Running: boolean; ExitCode: number } }>(
      'GET',
      `/containers/${container}/json`,
    );
    return State.Running ? undefined : State.ExitCode;
  }

  /** Whoever is root inside can end the listener, and then has no metadata for a second. */
  async #serveMetadata(): Promise<void> {
    const { signal } = this.#letGo;
    const { container, spec } = this.#parts;
    while (!signal.aborted) {
      let failure: unknown;
      try {
        this.#channel = await MetadataChannel.open(this.#parts);
        if (signal.aborted) this.#channel.close();
        await this.#channel.ended;
      } catch (error) {
        failure = error;
      }
      await sleep(RETRY_MS, undefined, { signal }).catch(() => undefined);
      // In a machine that was about to end nothing can be started.
      if (failure === undefined || signal.aborted) continue;
      const about = { err: failure, machine: spec.id, container };
      this.#log.warn(about, "A machine's metadata listener cannot be started.");
    }
  }
}
