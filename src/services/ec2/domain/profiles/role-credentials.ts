import { InTurn } from '../../../../compute/in-turn.ts';
import type {
  SessionCredential,
  SessionCredentials,
} from '../../../../identity/session-credentials.ts';
import { partitionOf } from '../../../../kernel/arn.ts';
import type { Clock } from '../../../../kernel/clock.ts';
import type { WithProfile } from './associations.ts';
import { profileName, uniqueId } from './profile.ts';

/** How long credentials of an instance are good, and how long before their end others take their place. */
const GOOD_FOR_S = 6 * 60 * 60;
const RENEWED_BEFORE_MS = 60 * 60 * 1000;

interface Issued {
  readonly associationId: string;
  readonly atMs: number;
  readonly credential: SessionCredential;
}

/**
 * What machines find at `iam/security-credentials/`: temporary credentials of their instance's role,
 * which rotate long before they end. A new process gives out new ones, while those from before stay
 * good until their time.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-security-credentials.html
 */
export class RoleCredentials {
  readonly #sessions: SessionCredentials;
  readonly #clock: Clock;
  readonly #issued = new Map<string, Issued>();
  readonly #inTurn = new InTurn();

  constructor(sessions: SessionCredentials, clock: Clock) {
    this.#sessions = sessions;
    this.#clock = clock;
  }

  /** As the metadata service shows them, in JSON. */
  async document(instance: WithProfile): Promise<string> {
    const { atMs, credential } = await this.#inTurn.run(instance.id, () => this.#current(instance));
    return JSON.stringify(
      {
        Code: 'Success',
        LastUpdated: toTheSecond(atMs),
        Type: 'AWS-HMAC',
        AccessKeyId: credential.accessKeyId,
        SecretAccessKey: credential.secretAccessKey,
        Token: credential.sessionToken,
        Expiration: toTheSecond(credential.expiresAtMs),
      },
      null,
      2,
    );
  }

  async #current(instance: WithProfile): Promise<Issued> {
    const { associationId } = instance.profile;
    const before = this.#issued.get(instance.id);
    const now = this.#clock.now();
    const isGood = before && now < before.credential.expiresAtMs - RENEWED_BEFORE_MS;
    if (isGood && before.associationId === associationId) return before;
    for (const [id, { credential }] of this.#issued) {
      if (credential.expiresAtMs <= now) this.#issued.delete(id);
    }
    const issued = { associationId, atMs: now, credential: await this.#issue(instance) };
    this.#issued.set(instance.id, issued);
    return issued;
  }

  #issue({ id, account, region, profile }: WithProfile): Promise<SessionCredential> {
    const partition = partitionOf(region);
    const role = profileName(profile.arn);
    const principal = {
      type: 'AssumedRole',
      arn: `arn:${partition}:sts::${account}:assumed-role/${role}/${id}`,
      userId: `${uniqueId('AROA', `arn:${partition}:iam::${account}:role/${role}`)}:${id}`,
    } as const;
    return this.#sessions.issue(account, principal, GOOD_FOR_S);
  }
}

/** e.g. `2026-11-23T12:00:00Z` */
export function toTheSecond(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
