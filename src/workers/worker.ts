import type { Server } from 'node:net';
import { createCompute } from '../compute/create-compute.ts';
import { Activity } from '../gateway/activity/activity.ts';
import { refuseForeignPages } from '../gateway/browser-guard.ts';
import type { Listener } from '../gateway/http/listener.ts';
import { listen } from '../gateway/http/socket-listener.ts';
import { refuse } from '../gateway/refuse.ts';
import { MovableClock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import { Ids } from '../kernel/ids.ts';
import { ReadWriteLock } from '../kernel/read-write-lock.ts';
import { type Life, startLife } from '../life.ts';
import { services } from '../services/index.ts';
import type { Engine } from '../storage/engine.ts';
import { joinStore } from '../storage/open.ts';
import { Siblings } from '../storage/siblings.ts';
import { enlargeYoungGeneration } from '../young-generation.ts';
import { Channel } from './channel.ts';
import { Forwarder } from './forward.ts';
import { hotServices, targetsOf } from './hot-operations.ts';
import type { Start, ToLeader, ToWorker } from './orders.ts';

const TELL_ACTIVITY_MS = 100;

/**
 * A further server process on the leader's store and socket. It serves the operations on items by
 * itself and hands everything else on: workflows, controllers and machines are the leader's.
 */
enlargeYoungGeneration();
const channel = new Channel<ToWorker, ToLeader>(process);
channel.handle('start', begin);
// What ends the leader's group of processes is for the leader to answer; without it this one ends.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
process.once('disconnect', () => process.exit());

/** Errors travel whole; nobody waits for the leader to have written them. */
const say =
  (level: keyof Log) =>
  (details: object | string, message = ''): void => {
    const line =
      typeof details === 'string' ? { details: {}, message: details } : { details, message };
    void channel.call('log', { level, ...line }).catch(() => {});
  };
const log: Log = { info: say('info'), warn: say('warn'), error: say('error') };

/** Opens the store; connections are taken from `serve` on, when the leader tells what it writes. */
async function begin(start: Start): Promise<readonly Uint8Array[]> {
  const { store, auth, account, region, throttle } = start;
  const { directory } = store;
  const clock = new MovableClock();
  clock.follow(start.clock);
  const ids = new Ids();
  const activity = new Activity(clock);
  const siblings = new Siblings();
  siblings.add({
    prefixes: start.prefixes,
    tell: async (keys) => void (await channel.call('written', keys)),
  });
  const hot = hotServices(services);
  const isHot = targetsOf(hot);
  // No hot operation asks for machines; the mock driver has none and costs nothing.
  const compute = await createCompute({ driver: 'mock', directory, clock, log, ephemeral: true });

  let engine: Engine;
  let life: Life;
  const open = async (): Promise<void> => {
    engine = await joinStore(store, siblings);
    life = await startLife({
      ...{ store: engine, directory, clock, ids, compute, activity, log, services: hot },
      ...{ auth, account, region, throttle, checkpoint: undefined, follows: true },
    });
  };
  const shut = async (): Promise<void> => {
    await life.close();
    await engine.close();
  };
  await open();

  const requests = new ReadWriteLock();
  const forwarder = new Forwarder(start.leaderPort);
  const stopTelling = tellActivity(activity);
  let handsOn = false;
  let listener: Listener | undefined;
  const serve = async (server: Server): Promise<void> => {
    listener = await listen(
      {
        server,
        refuse: (refusal, head) => refuse(ids, refusal, head),
        report: (error, { method, path }) => log.error({ err: error, method, path }, 'listener'),
      },
      async (request, context) => {
        if (handsOn || !isHot(request)) return forwarder.serve(request, context);
        return refuseForeignPages(request) ?? requests.shared(() => life.pipeline.serve(request));
      },
    );
  };

  channel.handle('written', (keys) => siblings.heard(keys));
  channel.handle('clock', (state) => clock.follow(state));
  channel.handle('handOn', (all) => void (handsOn = all));
  channel.handle('serve', (_, server) => serve(server!));
  let resume: (() => Promise<void>) | undefined;
  channel.handle('pause', () => {
    return new Promise<void>((paused) => {
      void requests.alone(async () => {
        await shut();
        await new Promise<void>((resumed) => {
          resume = async () => {
            await open();
            resumed();
          };
          paused();
        });
      });
    });
  });
  channel.handle('resume', () => resume?.());
  channel.handle('close', async () => {
    await listener?.close();
    forwarder.close();
    stopTelling();
    await shut();
    clock.stop();
    setImmediate(() => process.disconnect());
  });
  return siblings.prefixes();
}

/** Now and then, as a message for every call would cost more than the call. */
function tellActivity(activity: Activity): () => void {
  let told = 0;
  const timer = setInterval(() => {
    const entries = activity.since(told);
    told = entries.at(-1)?.sequence ?? told;
    if (entries.length > 0) void channel.call('activity', entries).catch(() => {});
  }, TELL_ACTIVITY_MS);
  return () => clearInterval(timer);
}
