import { useQuery } from '@tanstack/react-query';

/** What `GET /_alacarte/health` tells. */
export interface Health {
  readonly version: string;
  readonly auth: 'loopback' | 'strict';
  readonly region: string;
  readonly store: string;
  readonly compute: { readonly driver: string; readonly realization: 'real' | 'mock' };
  readonly services: Readonly<Record<string, 'running' | 'disabled'>>;
}

export function useHealth() {
  return useQuery({
    queryKey: ['health'],
    queryFn: async () => (await (await fetch('/_alacarte/health')).json()) as Health,
    refetchInterval: 15_000,
  });
}
