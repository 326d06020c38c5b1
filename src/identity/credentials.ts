import { rootPrincipal, type Principal } from '../kernel/caller.ts';
import type { AuthMode } from '../options.ts';

/** What belongs to an access key that exists. */
export interface Credential {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Temporary credentials only; a request must carry the same. */
  readonly sessionToken?: string;
  /** Temporary credentials only; milliseconds since the epoch, in cloud time. */
  readonly expiresAtMs?: number;
  readonly account: string;
  readonly principal: Principal;
}

/** Where access keys are kept: STS's sessions, IAM's users, strict mode's root. */
export interface CredentialSource {
  find(accessKeyId: string): Promise<Credential | undefined>;
}

/** What an access key is worth. */
type Standing =
  /** It exists: its signature is verified in full. */
  | { readonly known: Credential }
  /** Nobody has its secret, and this is loopback: whoever names it is the account's root. */
  | { readonly trusted: Pick<Credential, 'account' | 'principal'> };

/** Looks access keys up in what exists, and in the mode's rules for what does not. */
export interface Credentials {
  /** Undefined for a key that nobody may use. */
  standing(accessKeyId: string): Promise<Standing | undefined>;
}

/**
 * @param account the default account, twelve digits
 * @param sources asked one after the other
 */
export function credentials(
  mode: AuthMode,
  account: string,
  sources: readonly CredentialSource[],
): Credentials {
  if (mode === 'strict') {
    return {
      standing: async (accessKeyId) => {
        const known = await findIn(sources, accessKeyId);
        return known && { known };
      },
    };
  }
  const wellKnown: Standing = { known: wellKnownCredential(account) };
  return {
    standing: async (accessKeyId) => {
      if (accessKeyId === 'test') return wellKnown;
      const known = await findIn(sources, accessKeyId);
      return known ? { known } : { trusted: rootBehind(accessKeyId, account) };
    },
  };
}

/** `test` with secret `test`: the default account's root on loopback. */
function wellKnownCredential(account: string): Credential {
  return {
    accessKeyId: 'test',
    secretAccessKey: 'test',
    account,
    principal: rootPrincipal(account, 'test'),
  };
}

/** An access key of twelve digits names its account; any other stands for the default one. */
function rootBehind(
  accessKeyId: string,
  defaultAccount: string,
): Pick<Credential, 'account' | 'principal'> {
  const account = /^\d{12}$/.test(accessKeyId) ? accessKeyId : defaultAccount;
  return { account, principal: rootPrincipal(account, accessKeyId) };
}

async function findIn(
  sources: readonly CredentialSource[],
  accessKeyId: string,
): Promise<Credential | undefined> {
  for (const source of sources) {
    // oxlint-disable-next-line no-await-in-loop -- most keys are found in the first
    const credential = await source.find(accessKeyId);
    if (credential) return credential;
  }
  return undefined;
}
