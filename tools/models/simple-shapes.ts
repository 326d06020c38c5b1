import type { NormalizedSchema } from '@smithy/core/schema';
import type { Shape } from '../../src/models/model.ts';

/** The SDK's number for a simple type, and what we call it where the overlay knows nothing better. */
const plainShapes: Readonly<Record<number, readonly [name: string, shape: Shape]>> = {
  0: ['string', { type: 'string' }],
  // The schemas do not tell integers from others; a double holds both.
  1: ['number', { type: 'double' }],
  2: ['boolean', { type: 'boolean' }],
  4: ['timestamp', { type: 'timestamp' }],
  5: ['date-time', { type: 'timestamp', format: 'date-time' }],
  6: ['http-date', { type: 'timestamp', format: 'http-date' }],
  7: ['epoch-seconds', { type: 'timestamp', format: 'epoch-seconds' }],
  15: ['document', { type: 'document' }],
  17: ['big-integer', { type: 'bigInteger' }],
  19: ['big-decimal', { type: 'bigDecimal' }],
  21: ['blob', { type: 'blob' }],
  42: ['blob', { type: 'blob' }],
};

const numberTypes = new Set(['integer', 'long', 'float', 'double']);

/** The shape of a simple type; without a name where the overlay's stands. */
export function simpleShape(
  schema: NormalizedSchema,
  overlaid: Shape | undefined,
): { readonly name?: string; readonly shape: Shape } {
  const plain = plainShapes[schema.getSchema() as number];
  if (!plain)
    throw new Error(`${schema.getName(true)}: unknown type ${JSON.stringify(schema.getSchema())}`);
  const [name, shape] = plain;
  if (!overlaid) return { name, shape };
  const same =
    overlaid.type === shape.type || (schema.isNumericSchema() && numberTypes.has(overlaid.type));
  return same ? { shape: overlaid } : { name, shape };
}
