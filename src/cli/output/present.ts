import type { OutputFormat } from '../arguments/global-options.ts';
import { formatJson } from './json.ts';
import type { Printable } from './printable.ts';

export interface Presentation {
  readonly format: OutputFormat;
  readonly widthColumns: number;
  readonly colour: boolean;
}

/** An answer in the format asked for; formats other than JSON are loaded when they are. */
export async function present(
  title: string,
  value: Printable,
  { format, widthColumns, colour }: Presentation,
): Promise<string> {
  switch (format) {
    case 'text':
      return (await import('./text.ts')).formatText(value);
    case 'yaml':
      return (await import('./yaml.ts')).formatYaml(value);
    case 'table': {
      const { formatTable } = await import('./table.ts');
      const { coloured, plain } = await import('./table-sections.ts');
      return formatTable(title, value, widthColumns, colour ? coloured : plain);
    }
    default:
      return formatJson(value);
  }
}
