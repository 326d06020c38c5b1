import type { Paginator } from '../../src/models/paginator.ts';
import type { Waiter } from '../../src/models/waiter.ts';
import { botocoreFile } from './botocore.ts';

interface BotocorePaginator {
  readonly input_token: string | readonly string[];
  readonly output_token: string | readonly string[];
  readonly more_results?: string;
  readonly limit_key?: string;
  readonly result_key?: string | readonly string[];
  readonly non_aggregate_keys?: readonly string[];
}

type PaginatorFile = { readonly pagination?: Readonly<Record<string, BotocorePaginator>> };

/** A service's paginators, with what botocore adds to AWS's own in a second file. */
export async function botocorePaginators(
  botocore: string,
  service: string,
): Promise<Record<string, Paginator>> {
  const file = (await botocoreFile(botocore, service, 'paginators-1.json')) as
    | PaginatorFile
    | undefined;
  const extras = (await botocoreFile(botocore, service, 'paginators-1.sdk-extras.json')) as
    | { readonly merge: PaginatorFile }
    | undefined;
  return Object.fromEntries(
    Object.entries(file?.pagination ?? {}).map(([operation, paginator]) => [
      operation,
      paginatorOf({ ...paginator, ...extras?.merge.pagination?.[operation] }),
    ]),
  );
}

/** A service's waiters, which are in our form already. */
export async function botocoreWaiters(
  botocore: string,
  service: string,
): Promise<Readonly<Record<string, Waiter>>> {
  const file = (await botocoreFile(botocore, service, 'waiters-2.json')) as
    | { readonly waiters: Readonly<Record<string, Waiter>> }
    | undefined;
  return file?.waiters ?? {};
}

function paginatorOf(paginator: BotocorePaginator): Paginator {
  return {
    inputTokens: [paginator.input_token].flat(),
    outputTokens: [paginator.output_token].flat(),
    ...(paginator.more_results && { moreResults: paginator.more_results }),
    ...(paginator.limit_key && { limitKey: paginator.limit_key }),
    resultKeys: [paginator.result_key ?? []].flat(),
    ...(paginator.non_aggregate_keys && { nonAggregateKeys: paginator.non_aggregate_keys }),
  };
}
