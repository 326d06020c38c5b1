import type { Engine } from '../../../storage/engine.ts';
import { Records, set, transact } from '../../../storage/records.ts';
import type { AllowedImages } from './images/allowed-images.ts';
import type { MetadataSettings } from './instances/instance.ts';
import type { Place } from './place.ts';

/** What an account has set for all that it makes in a region; what is left out is as AWS has it. */
export interface AccountSettings {
  /** Whether new volumes are encrypted where the request does not say. */
  readonly ebsEncryptionByDefault?: boolean;
  /** The ARN of the key that encrypts them, where the account has named another than AWS's. */
  readonly ebsDefaultKmsKeyId?: string;
  readonly serialConsoleAccess?: boolean;
  readonly snapshotPublicAccess?: SnapshotPublicAccess;
  readonly imagePublicAccess?: ImagePublicAccess;
  /** How burstable instances of a family pay, where the account has said. */
  readonly defaultCredits?: DefaultCredits;
  readonly eventNotifications?: EventNotifications;
  readonly allowedImages?: AllowedImages;
  /** What launches take where the request does not say. */
  readonly metadataDefaults?: Partial<MetadataSettings>;
}

export type DefaultCredits = Readonly<Partial<Record<string, 'standard' | 'unlimited'>>>;

/** Which tags notifications of scheduled events have. */
export interface EventNotifications {
  readonly all: boolean;
  readonly tagKeys: readonly string[];
}

export type SnapshotPublicAccess = 'block-all-sharing' | 'block-new-sharing' | 'unblocked';
export type ImagePublicAccess = 'block-new-sharing' | 'unblocked';

/** The settings of every account, by region. */
export class SettingsOfAccounts {
  readonly #store: Engine;
  readonly #records: Records<AccountSettings>;

  constructor(store: Engine) {
    this.#store = store;
    this.#records = new Records(store, 'ec2', 'account-settings');
  }

  async get({ account, region }: Place): Promise<AccountSettings> {
    return (await this.#records.get(account, region)) ?? {};
  }

  /** @param after the settings as they become, out of what they are; pure */
  change(
    { account, region }: Place,
    after: (now: AccountSettings) => AccountSettings,
  ): Promise<void> {
    const slot = this.#records.at(account, region);
    return transact(this.#store, [slot], (now = {}) => ({
      writes: [set(slot, after(now))],
      result: undefined,
    }));
  }
}
