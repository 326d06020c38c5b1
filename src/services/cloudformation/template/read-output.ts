import { formatError } from './errors.ts';
import { Members } from './members.ts';
import type { Output, Value } from './template.ts';

export function readOutput(value: Value, path: string, name: string): Output {
  const output = new Members(value, path, 'Outputs');
  output.only(['Condition', 'Description', 'Export', 'Value'], (member) =>
    formatError(`Invalid template output property '${member}'`),
  );
  const exported = output.map('Export');
  if (exported !== undefined && exported['Name'] === undefined) {
    throw formatError(`Output ${name} has an Export without a Name.`);
  }
  return {
    value: output.required('Value'),
    description: output.text('Description'),
    exportName: exported?.['Name'],
    condition: output.text('Condition'),
  };
}
