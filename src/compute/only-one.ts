import { createConnection, createServer, type Server } from 'node:net';

/**
 * Runs `task` while no other process of this host runs one of the same name. The lock is a socket
 * in Linux's abstract namespace: the kernel gives it back when its holder dies, however it dies.
 *
 * @param waiting called once when another process has the lock
 */
export async function onlyOne<Result>(
  name: string,
  task: () => Promise<Result>,
  waiting?: () => void,
): Promise<Result> {
  const address = `\0alacarte/${process.getuid?.() ?? 0}/${name}`;
  let lock = await hold(address);
  if (!lock) waiting?.();
  while (!lock) {
    await untilReleased(address);
    lock = await hold(address);
  }
  const held = lock;
  try {
    return await task();
  } finally {
    await held.release();
  }
}

interface Held {
  release(): Promise<void>;
}

function hold(address: string): Promise<Held | undefined> {
  return new Promise((resolve, reject) => {
    const waiting = new Set<{ destroy(): void }>();
    const server: Server = createServer((socket) => {
      waiting.add(socket);
      socket.on('error', () => undefined).on('close', () => waiting.delete(socket));
    });
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen(address, () => {
      resolve({
        release: () =>
          new Promise((released) => {
            server.close(() => released());
            for (const socket of waiting) socket.destroy();
          }),
      });
    });
  });
}

function untilReleased(address: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = createConnection(address);
    socket.on('error', () => undefined).on('close', () => resolve());
  });
}
