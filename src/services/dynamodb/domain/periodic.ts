import type { Clock } from '../../../kernel/clock.ts';
import type { Log } from '../../../kernel/log.ts';
import type { Controller } from '../../../kernel/service.ts';

/** A controller that does something at start and then again and again, never twice at once. */
export function periodic(
  {
    name,
    everyMs,
    clock,
    log,
  }: {
    readonly name: string;
    /** In cloud time, from the end of one turn to the next. */
    readonly everyMs: number;
    readonly clock: Clock;
    readonly log: Log;
  },
  turn: (signal: AbortSignal) => Promise<void>,
): Controller {
  return {
    name,
    async start() {
      const stopping = new AbortController();
      const { signal } = stopping;
      let cancel = (): void => {};
      const run = async (): Promise<void> => {
        try {
          await turn(signal);
        } catch (error) {
          if (!signal.aborted) log.error({ err: error, controller: name }, 'a turn failed');
        }
        if (!signal.aborted) cancel = clock.after(everyMs, next);
      };
      let running = Promise.resolve();
      const next = (): void => void (running = run());
      next();
      return async () => {
        stopping.abort();
        cancel();
        await running;
      };
    },
  };
}
