import type { PacketNetwork } from '../compute/compute.ts';
import type { Closer } from '../kernel/close-all.ts';
import type { Handler, ListenOptions } from './http/listener.ts';
import { listen } from './http/socket-listener.ts';
import type { Authority } from './tls/authority.ts';

/**
 * Serves the machines of VPCs, which call AWS's services by their public names: plainly, and over TLS
 * with certificates of the data directory's authority.
 *
 * @param serve answers as the API does, and nothing else: guests have no part in the admin API
 */
export async function listenForGuests(
  network: PacketNetwork,
  authority: Authority,
  options: Pick<ListenOptions, 'refuse' | 'report'>,
  serve: Handler,
): Promise<Closer> {
  const http = await listen(options, serve);
  const tls = (serverName: string) => authority.identity(serverName);
  const https = await listen({ ...options, tls }, serve);
  await network.offer({ http: http.address.port, https: https.address.port });
  return async () => {
    await Promise.all([http.close(), https.close()]);
  };
}
