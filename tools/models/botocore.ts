import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** The parts of botocore's `service-2.json` that we read. */
export interface BotocoreModel {
  readonly metadata: { readonly endpointPrefix: string };
  readonly shapes: Readonly<Record<string, BotocoreShape>>;
}

export interface BotocoreShape {
  readonly type: string;
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly members?: Readonly<Record<string, { readonly shape: string }>>;
  readonly member?: { readonly shape: string };
  readonly key?: { readonly shape: string };
  readonly value?: { readonly shape: string };
}

/** The newest version of a service's model below a botocore directory. */
export async function botocoreModel(botocore: string, service: string): Promise<BotocoreModel> {
  const model = await botocoreFile(botocore, service, 'service-2.json');
  if (model === undefined) throw new Error(`${botocore} has no model of ${service}`);
  return model as BotocoreModel;
}

/** A file of the newest version of a service's data, packed or not; undefined where there is none. */
export async function botocoreFile(
  botocore: string,
  service: string,
  name: string,
): Promise<unknown> {
  const versions = await readdir(join(botocore, 'data', service));
  const folder = join(botocore, 'data', service, versions.toSorted().at(-1)!);
  const file = (await readdir(folder)).find((entry) => entry === name || entry === `${name}.gz`);
  if (!file) return undefined;
  const bytes = await readFile(join(folder, file));
  return JSON.parse((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'));
}
