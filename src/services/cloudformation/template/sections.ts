import { isList, isMap } from './calls.ts';
import { formatError, notBuilt } from './errors.ts';
import { limits, longestDescription, longestName } from './limits.ts';
import { Members } from './members.ts';
import { readOutput } from './read-output.ts';
import { readParameter } from './read-parameter.ts';
import { readResource } from './read-resource.ts';
import { readRule } from './read-rule.ts';
import type { Mapping, Template, Value, ValueMap } from './template.ts';

const known = [
  'AWSTemplateFormatVersion',
  'Conditions',
  'Description',
  'Hooks',
  'Mappings',
  'Metadata',
  'Outputs',
  'Parameters',
  'Resources',
  'Rules',
  'Transform',
];

/** Reads the sections of a template, each by its own rules; names are not looked up yet. */
export function readSections(document: ValueMap): Template {
  const unknown = Object.keys(document).filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw formatError(`Invalid template property or properties [${unknown.join(', ')}]`);
  }
  const sections = new Members(document, '', 'template');
  if (sections.value('Hooks') !== undefined) throw notBuilt('the template section Hooks');
  return {
    version: readVersion(sections),
    description: readDescription(sections),
    metadata: sections.map('Metadata'),
    transforms: readTransforms(sections.value('Transform')),
    parameters: readSection(sections, 'Parameters', limits.parameters, readParameter),
    rules: readSection(sections, 'Rules', undefined, readRule),
    mappings: readSection(sections, 'Mappings', limits.mappings, readMapping),
    conditions: readSection(sections, 'Conditions', undefined, (value) => value),
    resources: readResources(sections),
    outputs: readSection(sections, 'Outputs', limits.outputs, readOutput),
  };
}

function readVersion(sections: Members): string | undefined {
  const version = sections.text('AWSTemplateFormatVersion');
  if (version === undefined || version === '2010-09-09') return version;
  throw formatError('unsupported value for AWSTemplateFormatVersion.');
}

function readDescription(sections: Members): string | undefined {
  const description = sections.value('Description');
  if (description === undefined) return undefined;
  if (typeof description !== 'string') {
    throw formatError('Template Description must be a string.');
  }
  if (Buffer.byteLength(description) > longestDescription) {
    throw formatError(`'Description' length is greater than ${longestDescription}.`);
  }
  return description;
}

function readTransforms(value: Value | undefined): readonly string[] {
  if (value === undefined) return [];
  const names = isList(value) ? value : [value];
  return names.map((name) => {
    if (name === 'AWS::LanguageExtensions') return name;
    const macro = isMap(name) ? name['Name'] : name;
    throw notBuilt(`the transform ${typeof macro === 'string' ? macro : JSON.stringify(macro)}`);
  });
}

function readResources(sections: Members): Template['resources'] {
  const resources = readSection(sections, 'Resources', limits.resources, readResource);
  if (resources.size > 0) return resources;
  throw formatError('At least one Resources member must be defined.');
}

function readSection<Entry>(
  sections: Members,
  section: string,
  most: number | undefined,
  read: (value: Value, path: string, name: string) => Entry,
): ReadonlyMap<string, Entry> {
  const entries = Object.entries(sections.map(section) ?? {});
  if (most !== undefined && entries.length > most) {
    throw formatError(
      `Number of ${section.toLowerCase()}, ${entries.length}, is greater than maximum allowed, ${most}`,
    );
  }
  return new Map(
    entries.map(([name, value]) => {
      checkName(section, name);
      return [name, read(value, `/${section}/${name}`, name)];
    }),
  );
}

function checkName(section: string, name: string): void {
  const kind = section.slice(0, -1);
  if (!/^[A-Za-z0-9]+$/.test(name)) throw formatError(`${kind} name ${name} is non alphanumeric.`);
  if (name.length > longestName) {
    throw formatError(`${kind} name ${name} is longer than ${longestName} characters.`);
  }
}

function readMapping(value: Value, path: string): Mapping {
  const firsts = Object.entries(mapOf(value, path));
  if (firsts.length > limits.mappingAttributes) {
    throw formatError(
      `Number of attributes, ${firsts.length}, in the mapping ${path} is greater than maximum allowed, ${limits.mappingAttributes}`,
    );
  }
  return new Map(
    firsts.map(([first, seconds]) => [
      first,
      new Map(
        Object.entries(mapOf(seconds, `${path}/${first}`)).map(([second, found]) => [
          second,
          leaf(found),
        ]),
      ),
    ]),
  );
}

function mapOf(value: Value, path: string): ValueMap {
  if (isMap(value)) return value;
  throw formatError(`[${path}] Every Mappings member must be a map.`);
}

function leaf(value: Value): Value {
  if (isMap(value)) {
    throw formatError('Every Mappings attribute must be a String or a List.');
  }
  return value;
}
