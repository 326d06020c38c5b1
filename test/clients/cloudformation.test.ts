import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { imageDirectory } from '../../src/compute/images/build-image.ts';
import { whyNotUsable } from '../../src/compute/qemu/requirements.ts';
import { startTestCloud, type TestCloud } from '../cloud.ts';
import { environment, has, type Outcome, run } from './program.ts';

const restaurant = new URL('../../examples/restaurant/template.yaml', import.meta.url);
const template = readFileSync(restaurant, 'utf8');
const elsewhere = template.replace(
  'InstanceType: !FindInMap',
  'AvailabilityZone: us-east-1b\n      InstanceType: !FindInMap',
);
const broken = template.replace('Value: !GetAtt Kitchen.PublicIp\n\n', "Value: ''\n\n");

const obstacle = await whyNotUsable(imageDirectory());
if (obstacle !== undefined) console.warn(`SKIPPED: a stack on QEMU. ${obstacle}`);

const silence = 'nobody can log in to a mock';
const motd = /^Bonjour from bistro, the menu is in bistro-Menu-/;

const drivers = [
  { compute: 'mock' as const, here: true, said: silence, seconds: 240 },
  { compute: 'qemu' as const, here: obstacle === undefined, said: motd, seconds: 400 },
];

// What this takes is mostly the waiting of the stock CLI between its polls: both go on at once.
describe.skipIf(!has('aws', '--version')).concurrent.each(drivers)(
  'the AWS CLI deploys a restaurant on $compute',
  ({ compute, here, said, seconds }) => {
    let folder: string;
    let cloud: TestCloud;

    beforeEach(async () => {
      folder = mkdtempSync(join(tmpdir(), 'restaurant-'));
      if (here) cloud = await startTestCloud({ compute });
    });
    afterEach(async () => {
      await cloud?.[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true });
    });

    const aws = (...args: readonly string[]): Promise<Outcome> =>
      run('aws', args, { env: environment(cloud.endpoint), cwd: folder });

    async function text(...args: readonly string[]): Promise<string> {
      const { code, stdout, stderr } = await aws(...args, '--output', 'text');
      expect(stderr).toBe('');
      expect(code).toBe(0);
      return stdout.trim();
    }

    async function deploy(body: string, ...args: readonly string[]): Promise<Outcome> {
      writeFileSync(join(folder, 'template.yaml'), body);
      const file = ['--stack-name', 'bistro', '--template-file', 'template.yaml'];
      const outcome = await aws('cloudformation', 'deploy', ...file, ...args);
      // The CLI names a change set after the second, so the next one takes another.
      const ended = thisSecond();
      await vi.waitUntil(() => thisSecond() > ended, { timeout: 5_000 });
      return outcome;
    }

    const stack = (query: string): Promise<string> =>
      text('cloudformation', 'describe-stacks', '--stack-name', 'bistro', '--query', query);

    const output = (name: string): Promise<string> =>
      stack(`Stacks[0].Outputs[?OutputKey=='${name}'].OutputValue`);

    /** What the instance says to whoever logs in with the key that the stack made. */
    async function greeting(): Promise<string> {
      if (compute === 'mock') return silence;
      const key = ['--name', await output('KeyParameter'), '--with-decryption'];
      const pem = await text('ssm', 'get-parameter', ...key, '--query', 'Parameter.Value');
      writeFileSync(join(folder, 'cook.pem'), `${pem}\n`, { mode: 0o600 });
      const quiet = ['StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'LogLevel=ERROR'];
      const options = [...quiet, 'ConnectTimeout=5'].flatMap((option) => ['-o', option]);
      const login = ['-i', 'cook.pem', ...options, `ec2-user@${await output('KitchenAddress')}`];
      for (let tries = 1; ; tries++) {
        const { code, stdout, stderr } = await run('ssh', [...login, 'cat', '/etc/motd'], {
          cwd: folder,
        });
        if (code === 0) return stdout;
        if (tries === 60) throw new Error(stderr);
        // A guest of its own kernel needs a while until it listens.
        await sleep(1000);
      }
    }

    test.skipIf(!here)(
      'once, again without a change, elsewhere, not at all, and away',
      { timeout: seconds * 1000 },
      async () => {
        const first = await deploy(template);
        expect(first).toMatchObject({ code: 0, stderr: '' });
        expect(first.stdout).toContain('Successfully created/updated stack - bistro');
        const kitchen = await output('KitchenId');
        expect(await greeting()).toMatch(said);

        // The CLI's first version fails here unless it is told not to; its second need not be.
        const again = await deploy(template, '--no-fail-on-empty-changeset');
        expect(again).toMatchObject({ code: 0 });
        expect(again.stdout).toContain('No changes to deploy. Stack bistro is up to date');

        expect(await deploy(elsewhere)).toMatchObject({ code: 0, stderr: '' });
        const moved = await output('KitchenId');
        expect(moved).not.toBe(kitchen);
        const states = ['--query', 'Reservations[].Instances[].[InstanceId,State.Name]'];
        const told = await text(
          'ec2',
          'describe-instances',
          '--instance-ids',
          kitchen,
          moved,
          ...states,
        );
        expect(told.split('\n').toSorted()).toEqual(
          [`${kitchen}\tterminated`, `${moved}\trunning`].toSorted(),
        );
        expect(
          await text(
            'ssm',
            'get-parameter',
            '--name',
            '/bistro/kitchen',
            '--query',
            'Parameter.Value',
          ),
        ).toBe(await output('KitchenAddress'));

        const failed = await deploy(broken, '--parameter-overrides', 'Size=large');
        expect(failed.code).not.toBe(0);
        expect(await stack('Stacks[0].StackStatus')).toBe('UPDATE_ROLLBACK_COMPLETE');
        expect(await output('KitchenId')).toBe(moved);
        const type = ['--query', 'Reservations[].Instances[].[InstanceType,State.Name]'];
        expect(await text('ec2', 'describe-instances', '--instance-ids', moved, ...type)).toBe(
          't3.micro\trunning',
        );

        const parameter = await output('KeyParameter');
        await text('cloudformation', 'delete-stack', '--stack-name', 'bistro');
        await text('cloudformation', 'wait', 'stack-delete-complete', '--stack-name', 'bistro');
        expect(await text('dynamodb', 'list-tables', '--query', 'TableNames')).toBe('');
        expect(await text('ec2', 'describe-key-pairs', '--query', 'KeyPairs')).toBe('');
        expect((await aws('ssm', 'get-parameter', '--name', parameter)).stderr).toContain(
          'ParameterNotFound',
        );
        const groups = ['--query', 'SecurityGroups[].GroupName'];
        expect(await text('ec2', 'describe-security-groups', ...groups)).toBe('default');
      },
    );
  },
);

const thisSecond = (): number => Math.floor(Date.now() / 1000);
