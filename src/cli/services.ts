import { serviceNames } from '../models/load.ts';
import { usageError } from './failure.ts';
import { didYouMean } from './suggest.ts';

/** Names that the AWS CLI has for services whose model goes by another. */
const aliases: Readonly<Record<string, string>> = { s3api: 's3' };

/** Whether a word is a service's name on the command line. */
export function isService(word: string): boolean {
  return Object.hasOwn(aliases, word) || serviceNames().includes(word);
}

/** The model's name of a service. @throws Failure for a word that is none */
export function serviceNamed(word: string): string {
  if (Object.hasOwn(aliases, word)) return aliases[word]!;
  if (serviceNames().includes(word)) return word;
  throw usageError(
    `'${word}' is no service that Alacarte knows.${didYouMean(word, serviceWords())}`,
  );
}

/** Every service as the command line calls it. */
export function serviceWords(): readonly string[] {
  return [...serviceNames(), ...Object.keys(aliases)].toSorted();
}
