/**
 * Extracts the committed overlays from botocore's JSON models:
 *
 *     npm run models:overlay [botocore directory]
 *
 * The directory is found through python3 if left out. Needed only to refresh the overlays.
 */
import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { botocoreModel } from './botocore.ts';
import type { BotocoreModel, BotocoreShape } from './botocore.ts';
import { botocorePaginators, botocoreWaiters } from './botocore-client-side.ts';
import { jsonLines } from './json-lines.ts';
import { overlayFile } from './overlay.ts';
import type { Overlay } from './overlay.ts';
import { services } from './services.ts';
import type { Shape } from '../../src/models/model.ts';

const botocore = process.argv[2] ?? findBotocore();
for (const { name } of services) {
  const overlay: Overlay = {
    ...extract(await botocoreModel(botocore, name)),
    paginators: await botocorePaginators(botocore, name),
    waiters: await botocoreWaiters(botocore, name),
  };
  await writeFile(overlayFile(name), `${jsonLines(overlay, 2)}\n`);
}

function findBotocore(): string {
  const script = 'import botocore, os; print(os.path.dirname(botocore.__file__))';
  return execFileSync('python3', ['-c', script], { encoding: 'utf8' }).trim();
}

function extract(model: BotocoreModel): Omit<Overlay, 'paginators' | 'waiters'> {
  const shapes = Object.fromEntries(
    Object.keys(model.shapes)
      .map((name) => [name, worthKeeping(model, name)] as const)
      .filter((entry): entry is [string, Shape] => entry[1] !== undefined)
      .toSorted(byKey),
  );
  const members = Object.entries(model.shapes).map(([structure, shape]) => {
    const known = Object.entries(shape.members ?? {}).filter(
      ([, member]) => member.shape in shapes,
    );
    return [
      structure,
      Object.fromEntries(known.map(([name, { shape: of }]) => [name, of])),
    ] as const;
  });
  return {
    endpointPrefix: model.metadata.endpointPrefix,
    shapes,
    members: Object.fromEntries(
      members.filter(([, of]) => Object.keys(of).length > 0).toSorted(byKey),
    ),
  };
}

/** The shape in our form if it says more than the SDK's schemas do. */
function worthKeeping(model: BotocoreModel, name: string): Shape | undefined {
  const shape = model.shapes[name]!;
  switch (shape.type) {
    case 'integer':
    case 'long':
    case 'float':
    case 'double':
      return { type: shape.type, ...bounds(shape) };
    case 'string':
      return shape.enum || shape.pattern || hasBounds(shape)
        ? {
            type: 'string',
            ...bounds(shape),
            ...(shape.pattern && { pattern: shape.pattern }),
            ...(shape.enum && { enum: shape.enum }),
          }
        : undefined;
    case 'blob':
      return hasBounds(shape) ? { type: 'blob', ...bounds(shape) } : undefined;
    case 'list':
      return hasBounds(shape) || !isStructure(model, shape.member!.shape)
        ? { type: 'list', member: { shape: shape.member!.shape }, ...bounds(shape) }
        : undefined;
    case 'map':
      return {
        type: 'map',
        key: { shape: shape.key!.shape },
        value: { shape: shape.value!.shape },
        ...bounds(shape),
      };
    default:
      return undefined;
  }
}

function isStructure(model: BotocoreModel, name: string): boolean {
  return model.shapes[name]!.type === 'structure';
}

function hasBounds({ min, max }: BotocoreShape): boolean {
  return min !== undefined || max !== undefined;
}

function bounds({ min, max }: BotocoreShape): { min?: number; max?: number } {
  return { ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
