import type { Instance } from '../instances/instance.ts';

/** An instance that shows its own public address again, if it has one. */
export function withoutElasticIp(instance: Instance): Instance {
  const { elasticIp: _, ...network } = instance.network;
  return { ...instance, network };
}
