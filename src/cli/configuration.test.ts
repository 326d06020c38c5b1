import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { takeGlobalOptions } from './arguments/global-options.ts';
import { configure } from './configuration.ts';
import { wantsColour } from './terminal.ts';

const directory = mkdtempSync(join(tmpdir(), 'alacarte-configuration-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const files = {
  AWS_CONFIG_FILE: join(directory, 'config'),
  AWS_SHARED_CREDENTIALS_FILE: join(directory, 'credentials'),
};
writeFileSync(
  files.AWS_CONFIG_FILE,
  '[default]\nregion = eu-west-1\n\n[profile far] # a comment\nregion=us-west-2\noutput = yaml\nendpoint_url = https://cloud.example\ns3 =\n  region = nowhere\n',
);
writeFileSync(
  files.AWS_SHARED_CREDENTIALS_FILE,
  '[far]\naws_access_key_id = AK\naws_secret_access_key = SK\n[half]\naws_access_key_id = AK\n',
);

function configured(line: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  return configure(takeGlobalOptions(line).options, { ...files, ...environment }, 'Auto Scaling');
}

test('calls the cloud on this machine where nothing else is said', () => {
  const { endpoint, region, identity, output } = configured([]);
  expect(endpoint.href).toBe('http://127.0.0.1:4566/');
  expect({ region, identity, output }).toEqual({
    region: 'eu-west-1',
    identity: { accessKeyId: 'test', secretAccessKey: 'test' },
    output: 'json',
  });
});

test('takes options before the environment, and that before the profile', () => {
  const environment = {
    AWS_REGION: 'ap-south-1',
    AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
    AWS_ENDPOINT_URL_AUTO_SCALING: 'http://127.0.0.1:2',
    AWS_ACCESS_KEY_ID: '',
  };
  expect(configured(['--region', 'eu-north-1'], environment).region).toBe('eu-north-1');
  expect(configured([], environment).region).toBe('ap-south-1');
  expect(configured([], environment).endpoint.port).toBe('2');
});

test('reads a profile out of both files', () => {
  const keys = { AWS_ACCESS_KEY_ID: 'other', AWS_SECRET_ACCESS_KEY: 'other' };
  expect(configured(['--profile', 'far'], keys)).toMatchObject({
    region: 'us-west-2',
    output: 'yaml',
    identity: { accessKeyId: 'AK', secretAccessKey: 'SK' },
  });
  expect(configured([], { ...keys, AWS_PROFILE: 'far' }).identity?.accessKeyId).toBe('other');
});

test('never gives stand-in keys to an endpoint elsewhere', () => {
  const far = ['--endpoint-url', 'https://cloud.example'];
  expect(() => configured(far)).toThrow('Unable to locate credentials');
  expect(configured([...far, '--no-sign-request']).identity).toBeUndefined();
  expect(() => configured(['--profile', 'half', ...far])).toThrow('Unable to locate credentials');
});

test('colours only where a person looks and wants them', () => {
  const terminal = { environment: {}, isTerminal: true, widthColumns: 80, out() {}, error() {} };
  expect(wantsColour(terminal)).toBe(true);
  expect(wantsColour({ ...terminal, isTerminal: false })).toBe(false);
  expect(wantsColour({ ...terminal, environment: { NO_COLOR: '1' } })).toBe(false);
  expect(wantsColour({ ...terminal, isTerminal: false }, 'on')).toBe(true);
});
