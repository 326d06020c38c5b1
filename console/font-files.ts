import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

/**
 * Takes fonts out of style sheets that carry them as data: URLs, as Cloudscape's do: the content
 * security policy lets none come so, and a browser then loads only those it shows.
 */
export function fontFiles(): Plugin {
  return {
    name: 'font-files',
    enforce: 'post',
    generateBundle(_options, bundle) {
      for (const asset of Object.values(bundle)) {
        if (asset.type !== 'asset' || !asset.fileName.endsWith('.css')) continue;
        asset.source = String(asset.source).replaceAll(
          /data:font\/woff2;base64,([\w+/=]+)/g,
          (_url, base64: string) => {
            const source = Buffer.from(base64, 'base64');
            const hash = createHash('sha256').update(source).digest('hex').slice(0, 8);
            const name = `font-${hash}.woff2`;
            this.emitFile({ type: 'asset', fileName: `assets/${name}`, source });
            return name; // beside the style sheet
          },
        );
      }
    },
  };
}
