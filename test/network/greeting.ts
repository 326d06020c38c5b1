import { connect } from 'node:net';

/** What an SSH server says first to the host; empty where none is reached. */
export function greeting(host: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host, port: 22, timeout: 1_000 });
    const end = (said: string): void => {
      socket.destroy();
      resolve(said);
    };
    socket.on('timeout', () => end('')).on('error', () => end(''));
    socket.once('data', (bytes) => end(bytes.toString('latin1')));
  });
}
