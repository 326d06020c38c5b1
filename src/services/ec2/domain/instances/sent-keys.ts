import type { Instance } from './instance.ts';

/** A key that EC2 Instance Connect has sent for one user of an instance. */
export interface SentKey {
  readonly user: string;
  /** The key's line for `authorized_keys`. */
  readonly line: string;
  readonly goodUntilMs: number;
}

/** https://docs.aws.amazon.com/ec2-instance-connect/latest/APIReference/API_SendSSHPublicKey.html */
const GOOD_FOR_MS = 60_000;

/** The instance with one more key, without those whose time is over. */
export function withSentKey(
  instance: Instance,
  key: Pick<SentKey, 'user' | 'line'>,
  nowMs: number,
): Instance {
  const others = (instance.sentKeys ?? []).filter(
    ({ user, line, goodUntilMs }) =>
      nowMs < goodUntilMs && (user !== key.user || line !== key.line),
  );
  return { ...instance, sentKeys: [...others, { ...key, goodUntilMs: nowMs + GOOD_FOR_MS }] };
}

/** The lines that are good at present, by user; undefined where there are none. */
export function activeKeys(
  { sentKeys = [] }: Pick<Instance, 'sentKeys'>,
  nowMs: number,
): Readonly<Record<string, string>> | undefined {
  const byUser = new Map<string, string[]>();
  for (const { user, line, goodUntilMs } of sentKeys) {
    if (nowMs < goodUntilMs) byUser.set(user, [...(byUser.get(user) ?? []), line]);
  }
  if (byUser.size === 0) return undefined;
  return Object.fromEntries([...byUser].map(([user, lines]) => [user, lines.join('\n')]));
}
