import { skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type Answer, type Call, preview, send } from './call.ts';
import { readSession } from './session.ts';

function keyOf({ service, operation, input }: Call): unknown[] {
  return [service, operation, input];
}

export interface ReadOptions<Output> {
  /** Milliseconds until the call is made again, by what was answered; false for never. */
  readonly every?: (output: Output | undefined) => number | false;
  readonly enabled?: boolean;
}

/** What a call that changes nothing answers, kept fresh. */
export function useRead<Output>(
  call: Call<Output>,
  { every, enabled = true }: ReadOptions<Output> = {},
) {
  return useQuery<Answer<Output>>({
    enabled,
    queryKey: keyOf(call),
    queryFn: () => send(call, readSession()),
    refetchInterval: (query) => every?.(query.state.data?.output) ?? false,
  });
}

/** A call that changed something, with its answer. */
export interface Sent {
  readonly call: Call;
  readonly answer: Answer<unknown>;
}

const sentKey = ['sent'];

/** The last call that changed something, until it is forgotten. */
export function useSent(): { sent: Sent | null | undefined; forget: () => void } {
  const queries = useQueryClient();
  const { data: sent } = useQuery<Sent | null>({ queryKey: sentKey, queryFn: skipToken });
  return { sent, forget: () => queries.setQueryData<Sent | null>(sentKey, null) };
}

/** Makes a call that changes something; all that was read of its service is read again. */
export function useSend<Output>(call: Call<Output>, onDone?: (answer: Answer<Output>) => void) {
  const queries = useQueryClient();
  return useMutation<Answer<Output>>({
    mutationFn: () => send(call, readSession()),
    onSuccess: async (answer) => {
      queries.setQueryData<Sent>(sentKey, { call, answer });
      await queries.invalidateQueries({ queryKey: [call.service] });
      onDone?.(answer);
    },
  });
}

/** The request that a call would be. */
export function usePreview(call: Call) {
  return useQuery({
    queryKey: ['preview', ...keyOf(call)],
    queryFn: () => preview(call, readSession()),
    gcTime: 0,
    placeholderData: (before) => before,
  });
}
