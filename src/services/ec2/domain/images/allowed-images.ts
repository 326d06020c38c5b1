import type { Image, ImageCriterion } from '@aws-sdk/client-ec2';
import * as errors from '../../errors.ts';
import { wildcard } from '../filters.ts';
import { catalogue } from './catalogue.ts';

/** Which images of others an account finds and launches in a region. */
export interface AllowedImages {
  /** In `audit-mode` images say whether they would be allowed, and all are. */
  readonly state: 'enabled' | 'audit-mode' | 'disabled';
  /** One of them must be met; kept while it is disabled. */
  readonly criteria: readonly ImageCriterion[];
}

/** What goes for an account that has never said. */
export const ALL_IMAGES: AllowedImages = { state: 'disabled', criteria: [] };

const DAY_MS = 24 * 3_600_000;

/** Whose images go for Amazon's. */
const VERIFIED = new Set(catalogue.map(({ owner }) => owner.id));

// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ImageCriterionRequest.html
const MAX_CRITERIA = 10;
const MAX_PROVIDERS = 200;
const MAX_NAMES = 50;
const MAX_PRODUCT_CODES = 50;
const PROVIDER = /^(amazon|aws-marketplace|aws-backup-vault|none|\d{12})$/;
const NAME = /^[A-Za-z0-9()[\]./\-'@_*? ]{1,128}$/;
const PRODUCT_CODE = /^[A-Za-z0-9]{1,25}$/;

/** Whether an account may use an image by its criteria. Its own it may always use. */
export function isAllowed(
  image: Image,
  account: string,
  { criteria }: AllowedImages,
  nowMs: number,
): boolean {
  return image.OwnerId === account || criteria.some((each) => meets(image, each, nowMs));
}

/** Whether an account neither finds nor launches it. */
export function isHidden(
  image: Image,
  account: string,
  allowed: AllowedImages = ALL_IMAGES,
  nowMs: number,
): boolean {
  return allowed.state === 'enabled' && !isAllowed(image, account, allowed, nowMs);
}

/** A criterion is met where everything that it says is. */
function meets(image: Image, criterion: ImageCriterion, nowMs: number): boolean {
  const { ImageProviders, ImageNames, MarketplaceProductCodes } = criterion;
  const daysSince = (time: string) => (nowMs - Date.parse(time)) / DAY_MS;
  const { OwnerId = '', ImageOwnerAlias = '', Name = '', CreationDate, DeprecationTime } = image;
  const oldest = criterion.CreationDateCondition?.MaximumDaysSinceCreated;
  const longest = criterion.DeprecationTimeCondition?.MaximumDaysSinceDeprecated;
  const deprecatedFor = DeprecationTime === undefined ? -1 : daysSince(DeprecationTime);
  return (
    (!ImageProviders?.length ||
      ImageProviders.some(
        (each) =>
          each === OwnerId ||
          each === ImageOwnerAlias ||
          (each === 'amazon' && VERIFIED.has(OwnerId)),
      )) &&
    (!ImageNames?.length || ImageNames.some((each) => wildcard(each)(Name))) &&
    (!MarketplaceProductCodes?.length ||
      MarketplaceProductCodes.some((code) =>
        image.ProductCodes?.some(({ ProductCodeId }) => ProductCodeId === code),
      )) &&
    (oldest === undefined || daysSince(CreationDate ?? '') <= oldest) &&
    (longest === undefined || deprecatedFor < 0 || (longest > 0 && deprecatedFor <= longest))
  );
}

/**
 * The criteria of a request.
 *
 * @throws InvalidParameterValue, InvalidParameterCombination
 */
export function checkCriteria(criteria: readonly ImageCriterion[]): readonly ImageCriterion[] {
  atMost(criteria, MAX_CRITERIA, 'ImageCriteria');
  for (const criterion of criteria) {
    const { ImageProviders: providers = [], ImageNames = [] } = criterion;
    const { MarketplaceProductCodes = [] } = criterion;
    checkEach(providers, MAX_PROVIDERS, PROVIDER, 'ImageProvider');
    checkEach(ImageNames, MAX_NAMES, NAME, 'ImageName');
    checkEach(MarketplaceProductCodes, MAX_PRODUCT_CODES, PRODUCT_CODE, 'MarketplaceProductCode');
    if (providers.includes('none') && providers.length > 1) {
      throw errors.combination("The image provider 'none' cannot be combined with others.");
    }
    const short = ImageNames.find((name) => name.includes('?') && name.length < 3);
    if (short) {
      throw errors.invalidValue(short, 'ImageName', 'With ? it has at least 3 characters.');
    }
    const { CreationDateCondition, DeprecationTimeCondition } = criterion;
    for (const days of [
      CreationDateCondition?.MaximumDaysSinceCreated,
      DeprecationTimeCondition?.MaximumDaysSinceDeprecated,
    ]) {
      if (days !== undefined && days < 0) {
        throw errors.invalidValue(days, 'MaximumDays', 'It must not be negative.');
      }
    }
  }
  return criteria;
}

function checkEach(given: readonly string[], most: number, form: RegExp, parameter: string): void {
  atMost(given, most, parameter);
  const wrong = given.find((each) => !form.test(each));
  if (wrong !== undefined) throw errors.invalidValue(wrong, parameter, 'It is not well formed.');
}

function atMost(given: readonly unknown[], most: number, parameter: string): void {
  if (given.length > most) {
    throw errors.invalidParameter(`There can be ${most} values of ${parameter} at most.`);
  }
}
