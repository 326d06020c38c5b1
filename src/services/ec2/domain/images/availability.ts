import * as errors from '../../errors.ts';
import { imageCoolsDown, imageProtected, imageUnavailable } from '../../snapshot-errors.ts';
import { isPublic, NOBODY_ELSE } from '../sharing.ts';
import type { OwnImage } from './own-image.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Whether somebody else than the owner has to ask for deprecated images to find it. */
export function isDeprecated(
  { DeprecationTime }: { readonly DeprecationTime?: string | undefined },
  nowMs: number,
): boolean {
  return DeprecationTime !== undefined && Date.parse(DeprecationTime) <= nowMs;
}

/**
 * An image that is deprecated from a time on, to the minute.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableImageDeprecation.html
 *
 * @throws InvalidParameterValue
 */
export function deprecated(image: OwnImage, at: Date, nowMs: number): OwnImage {
  const atMs = Math.round(at.getTime() / MINUTE_MS) * MINUTE_MS;
  if (atMs < nowMs) {
    throw errors.invalidValue(at.toISOString(), 'DeprecateAt', 'It is in the past.');
  }
  const [years, from] = isPublic(image) ? [2, image.createdAtMs] : [10, nowMs];
  if (atMs > yearsAfter(from, years)) {
    const since = isPublic(image) ? 'the creation of a public image' : 'now';
    throw errors.invalidValue(
      at.toISOString(),
      'DeprecateAt',
      `It is more than ${years} years from ${since}.`,
    );
  }
  return { ...image, deprecatedAtMs: atMs };
}

/** An image that nobody launches and that is nobody else's any more. @throws InvalidAMIID.Unavailable */
export function disabled(image: OwnImage): OwnImage {
  if (image.state !== 'available' && image.state !== 'disabled') throw imageUnavailable(image.id);
  return { ...image, state: 'disabled', sharing: NOBODY_ELSE };
}

/** @throws InvalidAMIID.Unavailable */
export function enabled(image: OwnImage): OwnImage {
  if (image.state !== 'available' && image.state !== 'disabled') throw imageUnavailable(image.id);
  return { ...image, state: 'available' };
}

/** An image whose protection from being deregistered ends: now, or after its cooldown. */
export function unprotected(image: OwnImage, nowMs: number): OwnImage {
  const { protection, ...rest } = image;
  if (!protection?.withCooldown) return rest;
  // Asking again does not make the day longer.
  return { ...image, protection: { ...protection, untilMs: protection.untilMs ?? nowMs + DAY_MS } };
}

/** @throws OperationNotPermitted */
export function checkUnprotected({ id, protection }: OwnImage, nowMs: number): void {
  if (!protection) return;
  if (protection.untilMs === undefined) throw imageProtected(id);
  if (protection.untilMs > nowMs)
    throw imageCoolsDown(id, new Date(protection.untilMs).toISOString());
}

function yearsAfter(ms: number, years: number): number {
  const date = new Date(ms);
  return date.setUTCFullYear(date.getUTCFullYear() + years);
}
