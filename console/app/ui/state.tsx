import StatusIndicator, {
  type StatusIndicatorProps,
} from '@cloudscape-design/components/status-indicator';

const kinds: readonly [RegExp, StatusIndicatorProps.Type][] = [
  [/FAILED|ROLLBACK/, 'error'],
  [/^(running|ACTIVE|AVAILABLE)$|_COMPLETE$/, 'success'],
  [/^(pending|stopping|shutting-down)$|ING$|_PROGRESS$|_PENDING$/, 'in-progress'],
];

/** A state in AWS's word, with a sign of what it means. */
export function State({ value = '-' }: { value: string | undefined }) {
  const type = kinds.find(([pattern]) => pattern.test(value))?.[1] ?? 'stopped';
  return <StatusIndicator type={type}>{value}</StatusIndicator>;
}

/** How often something is looked at: often while it is changing. */
export function pollMilliseconds(states: readonly (string | undefined)[]): number {
  const changing = /^(pending|stopping|shutting-down)$|ING$|_PROGRESS$/;
  return states.some((state) => changing.test(state ?? '')) ? 1000 : 4000;
}
