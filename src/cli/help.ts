import { membersOf, shapeOf, structureOf } from '../gateway/protocols/shapes.ts';
import type { ServiceDocs } from '../models/docs.ts';
import { loadDocs, loadModel, loadWaiters } from '../models/load.ts';
import type { ServiceModel, Shape } from '../models/model.ts';
import type { Argument } from './arguments/argument.ts';
import { globalDefinitions } from './arguments/global-options.ts';
import { kebab } from './names.ts';
import { tableOf } from './operation-command.ts';
import { columns, wrap } from './output/wrap.ts';

/** `alacarte <service> help`: every operation with what it does, in a sentence. */
export function serviceHelp(service: string, width: number): string {
  const model = loadModel(service);
  const docs = loadDocs(service);
  const operations = Object.keys(model.operations).map(
    (name) => [kebab(name), firstSentence(docs.operations[name])] as const,
  );
  const waiters = Object.keys(loadWaiters(service)).map(kebab).toSorted();
  return [
    `${model.sdkId} (${service}), API version ${model.apiVersion}\n`,
    `usage: alacarte ${service} <operation> [--flags]\n       alacarte ${service} <operation> help\n`,
    `Operations\n${columns(operations.toSorted(byName), width)}`,
    ...(waiters.length === 0
      ? []
      : [
          `Waiters: alacarte ${service} wait <waiter>\n${columns(
            waiters.map((name) => [name, '']),
            width,
          )}`,
        ]),
  ].join('\n');
}

/** `alacarte <service> <operation> help`: what it does, its flags, and what it answers. */
export function operationHelp(service: string, operation: string, width: number): string {
  const model = loadModel(service);
  const docs = loadDocs(service);
  const { table } = tableOf({ model, operation });
  const visible = [...table.values()].filter(({ hidden }) => !hidden);
  const { input, output } = model.operations[operation]!;
  const flags = visible
    .filter(({ name }) => !(name.startsWith('no-') && table.has(name.slice(3))))
    .map((argument) => flagHelp(model, input, argument, table, docs, width));
  const globals = Object.keys(globalDefinitions).map((name) => `--${name}`);
  return [
    `${service} ${kebab(operation)}\n`,
    wrap(docs.operations[operation] ?? '', width),
    `usage: alacarte ${service} ${kebab(operation)}\n${synopsis(visible, width)}`,
    ...(flags.length === 0 ? [] : [`Flags\n${flags.join('\n')}`]),
    ...(output === undefined ? [] : [`Answer\n${answerHelp(model, output, docs, width)}`]),
    `Flags of every operation (alacarte help)\n${wrap(globals.join(' '), width, '  ')}`,
  ].join('\n');
}

function byName([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return a < b ? -1 : 1;
}

function firstSentence(text = ''): string {
  const prose = text.replace(/^- /, '');
  return /^.*?[.!?](?=\s|$)/s.exec(prose)?.[0] ?? prose;
}

function synopsis(visible: readonly Argument[], width: number): string {
  const texts = visible
    .toSorted((a, b) => Number(b.required === true) - Number(a.required === true))
    .filter(({ name }) => !name.startsWith('no-'))
    .map(({ name, takes, required }) => {
      const value = { none: '', one: '\u00a0<value>', many: '\u00a0<value>…', optional: '' }[takes];
      return required ? `--${name}${value}` : `[--${name}${value}]`;
    });
  // Spaces that do not break keep a flag and its value on one line.
  return wrapKeeping(texts, width).replaceAll('\u00a0', ' ');
}

function wrapKeeping(texts: readonly string[], width: number): string {
  let lines = '';
  let line = '';
  for (const text of texts) {
    if (line !== '' && 9 + line.length + text.length > width) {
      lines += `        ${line}\n`;
      line = '';
    }
    line += line === '' ? text : ` ${text}`;
  }
  return line === '' ? lines : `${lines}        ${line}\n`;
}

function flagHelp(
  model: ServiceModel,
  inputShape: string | undefined,
  argument: Argument,
  table: ReadonlyMap<string, Argument>,
  docs: ServiceDocs,
  width: number,
): string {
  const { name, member, help } = argument;
  const negation = table.has(`no-${name}`) ? ` | --no-${name}` : '';
  const modelMember =
    member === undefined ? undefined : structureOf(model, inputShape).members[member];
  const shape = modelMember && shapeOf(model, modelMember.shape);
  const type = shape ? ` (${typeName(model, shape)})` : '';
  const required = argument.required ? ' [required]' : '';
  const text = help ?? docs.members[inputShape ?? '']?.[member ?? ''] ?? '';
  const shorthand = shape && isShorthand(model, shape) ? example(model, shape, []) : '';
  return (
    `  --${name}${negation}${type}${required}\n` +
    wrap(text, width, '      ') +
    (shorthand === '' ? '' : wrap(`Shorthand: ${shorthand}`, width, '      ')) +
    (shape?.type === 'string' && shape.enum
      ? wrap(
          `One of: ${shape.enum.slice(0, 40).join(', ')}${shape.enum.length > 40 ? ', …' : ''}`,
          width,
          '      ',
        )
      : '')
  );
}

function typeName(model: ServiceModel, shape: Shape): string {
  if (shape.type === 'list')
    return `list of ${typeName(model, shapeOf(model, shape.member.shape))}`;
  return shape.type === 'union' ? 'structure' : shape.type;
}

function isShorthand(model: ServiceModel, shape: Shape): boolean {
  return isNested(shape.type === 'list' ? shapeOf(model, shape.member.shape) : shape);
}

function isNested({ type }: Shape): boolean {
  return ['structure', 'union', 'map', 'list'].includes(type);
}

/** `Key=string,Values=string,string`, three structures deep. */
function example(model: ServiceModel, shape: Shape, above: readonly Shape[]): string {
  const isDeep = above.length > 3 || above.includes(shape);
  if (isDeep && isNested(shape)) return '…';
  const inside = [...above, shape];
  const isInside = above.some(({ type }) => type !== 'list');
  switch (shape.type) {
    case 'structure':
    case 'union': {
      const members = membersOf(shape).map(
        ([key, { shape: inner }]) => `${key}=${example(model, shapeOf(model, inner), inside)}`,
      );
      return isInside ? `{${members.join(',')}}` : members.join(',');
    }
    case 'list': {
      const item = example(model, shapeOf(model, shape.member.shape), inside);
      if (above.length === 0) return `${item} …`;
      return isShorthand(model, shape) || above.length > 1 ? `[${item},…]` : `${item},${item}`;
    }
    case 'map': {
      const value = example(model, shapeOf(model, shape.value.shape), inside);
      return isInside ? `{KeyName=${value}}` : `KeyName1=${value},KeyName2=${value}`;
    }
    default:
      return shape.type;
  }
}

function answerHelp(model: ServiceModel, output: string, docs: ServiceDocs, width: number): string {
  const rows = membersOf(structureOf(model, output)).map(([key, { shape }]) => {
    const text = firstSentence(docs.members[output]?.[key]);
    return [key, `(${typeName(model, shapeOf(model, shape))}) ${text}`] as const;
  });
  return columns(rows, width);
}
