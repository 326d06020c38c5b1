export type Closer = () => Promise<void> | void;

/** Last opened, first closed. */
export async function closeAll(closers: readonly Closer[]): Promise<void> {
  for (const closer of closers.toReversed()) await closer();
}
