/** A directory of the metadata service, or a leaf's text. An absent child is left out. */
export type Tree = string | Uint8Array | { readonly [name: string]: Tree | undefined };

/**
 * What stands at a path: a leaf as it is, a directory as its children, one a line, those that are
 * directories with a slash behind. Every directory lists its children: cloud-init walks them all.
 */
export function readTree(tree: Tree, path: string): string | Uint8Array | undefined {
  let here: Tree | undefined = tree;
  for (const name of path.split('/').filter((part) => part !== '')) {
    if (typeof here !== 'object' || here instanceof Uint8Array) return undefined;
    here = Object.hasOwn(here, name) ? here[name] : undefined;
  }
  if (here === undefined || typeof here === 'string' || here instanceof Uint8Array) return here;
  return Object.entries(here)
    .filter(([, child]) => child !== undefined)
    .map(([name, child]) =>
      typeof child === 'string' || child instanceof Uint8Array ? name : `${name}/`,
    )
    .join('\n');
}
