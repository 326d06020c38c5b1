/** Whose calls the console makes, and in which region. Kept in the tab, gone with it. */
export interface Session {
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

const storageKey = 'alacarte.session';

/** On loopback the keys are well known; what a person entered takes their place. */
export function readSession(): Session {
  const kept = JSON.parse(sessionStorage.getItem(storageKey) ?? '{}') as Partial<Session>;
  return { region: 'us-east-1', accessKeyId: 'test', secretAccessKey: 'test', ...kept };
}

/** Takes effect with the next load of the page, so that nothing of another session stays. */
export function changeSession(change: Partial<Session>): void {
  const kept = JSON.parse(sessionStorage.getItem(storageKey) ?? '{}') as Partial<Session>;
  sessionStorage.setItem(storageKey, JSON.stringify({ ...kept, ...change }));
  location.reload();
}

export function hasOwnKeys(): boolean {
  return sessionStorage.getItem(storageKey)?.includes('accessKeyId') ?? false;
}
