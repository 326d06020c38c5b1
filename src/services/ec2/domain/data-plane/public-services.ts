import { serviceHeaders } from '../../../../models/load.ts';

/**
 * Where a machine finds AWS's services without an endpoint: out of a block that belongs to nobody, and
 * for what gateway endpoints lead to out of the service's prefix list, which decides whether they do.
 */
const ADDRESS = '198.51.100.1';
const IN_PREFIX_LISTS = { dynamodb: '52.94.0.1', s3: '52.216.0.1' } as const;

/**
 * The addresses of all modelled services, by what their public names begin with; `ddb` follows an
 * account. Buckets have names of their own, which are not Alacarte's yet.
 */
export function publicServices(): Record<string, string> {
  const others = serviceHeaders().map(({ endpointPrefix }) => [endpointPrefix, ADDRESS]);
  const ddb = IN_PREFIX_LISTS.dynamodb;
  return { ...(Object.fromEntries(others) as Record<string, string>), ...IN_PREFIX_LISTS, ddb };
}
