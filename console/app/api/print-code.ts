import type { Call } from './call.ts';
import { snakeCase } from './names.ts';
import type { Session } from './session.ts';
import { forSmartClients } from './user-data.ts';

/** A module for the AWS SDK for JavaScript v3. */
export function printTypeScript(call: Call, endpoint: string, { region }: Session): string {
  const client = `${clientName(call)}Client`;
  const command = `${call.operation}Command`;
  return `import { ${client}, ${command} } from '${call.package}';

const client = new ${client}({
  endpoint: ${JSON.stringify(endpoint)},
  region: ${JSON.stringify(region)},
});
const answer = await client.send(
  new ${command}(${literal(call.input, typescript, '  ')}),
);
console.log(answer);
`;
}

/** A script for boto3. */
export function printPython(call: Call, endpoint: string, { region }: Session): string {
  const given = Object.entries(forSmartClients(call)).filter(([, value]) => value !== undefined);
  const lines = given.map(([name, value]) => `    ${name}=${literal(value, python, '    ')},\n`);
  return `import boto3

client = boto3.client(
    ${JSON.stringify(call.service)},
    endpoint_url=${JSON.stringify(endpoint)},
    region_name=${JSON.stringify(region)},
)
answer = client.${snakeCase(call.operation)}(${lines.length > 0 ? `\n${lines.join('')}` : ''})
print(answer)
`;
}

/** How a language writes what inputs are made of. */
interface Language {
  readonly indent: string;
  word(value: boolean | null): string;
  key(name: string): string;
  bytes(base64: string): string;
}

const typescript: Language = {
  indent: '  ',
  word: String,
  key: (name) => (/^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name)),
  bytes: (base64) => `Buffer.from(${JSON.stringify(base64)}, 'base64')`,
};

const python: Language = {
  indent: '    ',
  word: (value) => (value === null ? 'None' : value ? 'True' : 'False'),
  key: (name) => JSON.stringify(name),
  bytes: (base64) => `__import__("base64").b64decode(${JSON.stringify(base64)})`,
};

function literal(value: unknown, language: Language, margin: string): string {
  if (value === null || typeof value === 'boolean') return language.word(value);
  if (value instanceof Uint8Array) {
    return language.bytes(btoa(String.fromCharCode(...value)));
  }
  if (typeof value !== 'object') return JSON.stringify(value);
  const inner = margin + language.indent;
  const write = (member: unknown): string => literal(member, language, inner);
  const parts = Array.isArray(value)
    ? value.map(write)
    : Object.entries(value)
        .filter(([, member]) => member !== undefined)
        .map(([name, member]) => `${language.key(name)}: ${write(member)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  if (parts.length === 0) return `${open}${close}`;
  return `${open}\n${parts.map((part) => `${inner}${part},\n`).join('')}${margin}${close}`;
}

function clientName({ service }: Call): string {
  return { ec2: 'EC2', dynamodb: 'DynamoDB', cloudformation: 'CloudFormation' }[service] ?? service;
}
