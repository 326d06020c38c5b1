import { parseArgs } from 'node:util';
import { buildImage } from '../../compute/images/build-image.ts';
import { catalogue } from '../../compute/images/catalogue.ts';
import { type ImageState, listImages } from '../../compute/images/list-images.ts';
import type { Recipe } from '../../compute/images/image.ts';
import { catalogue as amis } from '../../services/ec2/domain/images/catalogue.ts';
import { columns } from '../columns.ts';
import type { Command } from '../command.ts';
import { Failure, usageError } from '../failure.ts';

export const images: Command = {
  help: `usage: alacarte images [<name> ...]

Lists the images that instances boot from: whether each is ready on this host, the compute drivers that
boot it, who logs in, and a parameter to launch it by (--image-id resolve:ssm:<parameter>). With names it
makes those ready now, which else the first launch does: they are built of packages or fetched from
their vendors, and kept for all clouds of this user.
`,
  async run(args, { out }) {
    const chosen = recipesOf(args);
    for (const recipe of chosen) await makeReady(recipe, out);
    if (chosen.length > 0) return 0;
    const states = await listImages();
    out(columns(states.map(row)));
    const missing = states.filter(({ obstacle }) => obstacle !== undefined);
    if (missing.length > 0) {
      out(`\nCannot be had here now\n`);
      out(columns(missing.map(({ name, obstacle = '' }) => [`  ${name}`, obstacle])));
    }
    return 0;
  },
};

function recipesOf(args: readonly string[]): Recipe[] {
  const { positionals } = parse(args);
  return positionals.map((name) => {
    const recipe = catalogue.get(name);
    if (recipe) return recipe;
    throw usageError(`There is no image ${name}, but ${[...catalogue.keys()].join(', ')}.`);
  });
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: {}, allowPositionals: true });
  } catch (error) {
    throw usageError((error as Error).message);
  }
}

async function makeReady(recipe: Recipe, out: (text: string) => void): Promise<void> {
  try {
    await buildImage(recipe, { progress: (line) => out(`${line}\n`) });
  } catch (error) {
    const { message, cause } = error as Error;
    const why = cause instanceof Error ? ` ${cause.message}` : '';
    throw new Failure(`${message}${why}`, 1, { cause: error });
  }
  out(`Image ${recipe.name} is ready.\n`);
}

function row({ name, drivers, loginName, ready, obstacle }: ImageState): string[] {
  const mark = ready ? 'ready' : obstacle === undefined ? 'at first launch' : '-';
  const [parameter = ''] = amis.find(({ key }) => key === name)?.parameters ?? [];
  return [name, mark, drivers.join(', '), loginName, parameter];
}
