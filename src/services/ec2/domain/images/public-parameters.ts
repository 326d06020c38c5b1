import { catalogue } from './catalogue.ts';
import { imageIdOf } from './images.ts';

/** One of SSM's public parameters, whose value is the ID of an image in one region. */
export interface PublicParameter {
  readonly name: string;
  readonly value: string;
  /** ISO 8601 */
  readonly modified: string;
}

/** The public parameters that name the images of a region, in the order of their names. */
export function publicParameters(region: string): PublicParameter[] {
  return catalogue
    .flatMap((entry) =>
      entry.parameters.map((name) => ({
        name,
        value: imageIdOf(region, entry),
        modified: entry.created,
      })),
    )
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
