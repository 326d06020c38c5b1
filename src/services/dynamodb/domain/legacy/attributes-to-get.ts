import { invalidParameters, validation } from '../../errors.ts';
import type { Path } from '../expressions/syntax.ts';

/** The projection that AttributesToGet stands for: whole attributes, whose names may have dots. */
export function attributesToGet(names: readonly (string | null)[]): readonly Path[] {
  const wanted = new Set<string>();
  for (const name of names) {
    if (!name) throw validation('Empty attribute name');
    if (wanted.has(name)) throw invalidParameters(`Duplicate value in attribute name: ${name}`);
    wanted.add(name);
  }
  return [...wanted].map((name) => [name]);
}
