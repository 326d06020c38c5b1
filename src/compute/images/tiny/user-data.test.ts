import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MovableClock } from '../../../kernel/clock.ts';
import { specOf } from '../../driver.contract.ts';
import type { HostPort } from '../../driver.ts';
import { MetadataService } from '../../metadata/metadata-service.ts';
import { NamespacesDriver } from '../../namespaces/namespaces-driver.ts';
import { whyNotUsable } from '../../namespaces/requirements.ts';
import { Resolver } from '../../network/resolver.ts';
import { VpcNetwork } from '../../network/vpc-network.ts';
import { run } from '../../run.ts';
import { imageDirectory } from '../build-image.ts';

const BOOT_MS = 60_000;
const obstacle = await whyNotUsable(imageDirectory());
if (obstacle !== undefined) console.warn(`SKIPPED: user data in the tiny image. ${obstacle}`);

const cloudConfig = `#cloud-config
hostname: cellar
fqdn: cellar.example.com
users:
  - default
  - name: cook
    gecos: The cook
    groups: [kitchen]
    sudo: ALL=(ALL) NOPASSWD:ALL
    ssh_authorized_keys:
      - KEY
  - name: guest
    shell: /bin/bash
    ssh_authorized_keys: [ "KEY" ]
write_files:
  - path: /etc/menu/today
    permissions: '0640'
    owner: cook:kitchen
    defer: true
    content: |
      soup
        with bread
  - { path: /etc/menu/packed, encoding: gz+b64, content: ${gzipSync('café\n').toString('base64')} }
  - { path: /etc/menu/packed, append: true, content: "tea\\n" }
bootcmd:
  - echo "boot command of $INSTANCE_ID" >>/root/boots
runcmd:
  - [ sh, -c, 'echo "in order: $*" >>/root/order', sh, "it's", 'two words' ]
  - echo "run command as $(id -un) in $(pwd)" >>/root/order
packages: [nginx]
package_update: false
ntp: { enabled: true }
final_message: "The kitchen is open after $UPTIME seconds"
`;

const message = (key: string): string => `MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="=PART="

--=PART=
Content-Type: text/cloud-config; charset="utf-8"
Content-Transfer-Encoding: base64

${Buffer.from(cloudConfig.replaceAll('KEY', key.trim())).toString('base64')}
--=PART=
Content-Type: text/x-shellscript

#!/bin/sh
echo "script after bootcmd: $(cat /root/boots)" >>/root/order
--=PART=
Content-Type: text/plain

#include
http://169.254.169.254/latest/meta-data/included
http://169.254.169.254/latest/meta-data/missing
https://169.254.169.254/latest/meta-data/included
--=PART=
Content-Type: text/cloud-boothook

#cloud-boothook
#!/bin/sh
echo "boot hook of $INSTANCE_ID" >>/root/boots
--=PART=
Content-Type: text/part-handler

def handle_part(): pass
--=PART=--
`;

describe.skipIf(obstacle !== undefined)('user data in the tiny image', () => {
  const directory = mkdtempSync(join(tmpdir(), 'alacarte-user-data-'));
  const key = join(directory, 'key');
  const spec = { ...specOf('i-0123456789abcdef1'), publicAddress: '127.64.19.5' };
  let network: VpcNetwork;
  let driver: NamespacesDriver;

  beforeAll(async () => {
    await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
    const publicKey = await readFile(`${key}.pub`, 'utf8');
    const tree = new Map<string, string | Uint8Array>([
      ['meta-data/instance-id', spec.id],
      ['meta-data/local-hostname', 'ip-172-31-16-5.ec2.internal'],
      ['meta-data/mac', '02:00:ac:1f:10:05'],
      ['meta-data/public-keys/0/openssh-key', publicKey],
      ['meta-data/included', '#!/bin/sh\necho included >>/root/order\n'],
      ['user-data', gzipSync(message(publicKey))],
    ]);
    const metadata = new MetadataService(new MovableClock());
    metadata.source = {
      options: () => Promise.resolve({ enabled: true, tokens: 'optional' }),
      read: (_machine, path) => Promise.resolve(tree.get(path)),
    };
    network = new VpcNetwork(directory, { metadata, resolver: new Resolver() });
    driver = new NamespacesDriver({ directory, network, log: pino({ level: 'warn' }) });
    await driver.create(spec);
    await driver.start(spec.id);
  }, BOOT_MS);

  afterAll(async () => {
    await driver.destroy(spec.id);
    await driver.close();
    await network.remove();
    rmSync(directory, { recursive: true, force: true });
  });

  const consoleText = async () => Buffer.from(await driver.console(spec.id)).toString();

  async function finished(): Promise<string> {
    await expect
      .poll(consoleText, { timeout: BOOT_MS })
      .toMatch(/kitchen is open after [\d.]+ sec/);
    return await consoleText();
  }

  async function as(user: string, command: string): Promise<string> {
    const { host, port } = (await driver.find(spec.id))!.ssh as HostPort;
    const lenient = ['StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'BatchMode=yes'];
    const options = [...lenient, 'LogLevel=ERROR'].flatMap((each) => ['-o', each]);
    return await run('ssh', [
      ...options,
      '-i',
      key,
      '-p',
      String(port),
      `${user}@${host}`,
      command,
    ]);
  }

  test('is done part by part, in the order of cloud-init', { timeout: BOOT_MS }, async () => {
    await finished();
    expect(await as('cook', 'sudo cat /root/order')).toBe(
      [
        `script after bootcmd: boot hook of ${spec.id}`,
        `boot command of ${spec.id}`,
        'included',
        "in order: it's two words",
        'run command as root in /\n',
      ].join('\n'),
    );
    expect(await as('cook', 'hostname; grep cellar /etc/hosts')).toBe(
      'cellar\n127.0.1.1 cellar.example.com cellar\n',
    );
  });

  test('makes users, of whom those with a rule become root', async () => {
    expect(await as('cook', 'id -Gn; sudo id -u')).toBe('cook sudo kitchen\n0\n');
    await expect(as('guest', 'sudo id -u')).rejects.toThrow('guest is not in the group sudo');
    await expect(as('guest', 'su -c id')).rejects.toThrow('status 1');
    expect(await as('ec2-user', 'sudo id -u')).toBe('0\n');
  });

  test('writes files, decoded, with owner and mode', async () => {
    const list = 'stat -c "%U %G %a" /etc/menu/today; cat /etc/menu/*';
    expect(await as('cook', list)).toBe('cook kitchen 640\ncafé\ntea\nsoup\n  with bread\n');
  });

  test('tells on the console what it does not do', async () => {
    const text = await finished();
    for (const line of [
      'cloud-config: packages is not done: this image has no package manager',
      'cloud-config: ntp is not done by this image',
      'cloud-config: there is no /bin/bash here, guest gets /bin/sh',
      'user-data: text/part-handler is not done by this image',
      'user-data: only http:// is fetched, not https://169.254.169.254/latest/meta-data/included',
      'user-data: cannot fetch http://169.254.169.254/latest/meta-data/missing',
    ]) {
      expect(text).toContain(line);
    }
    expect(text).not.toContain('package_update');
    expect(await as('cook', 'sudo cat /var/log/cloud-init-output.log')).toContain(
      'ntp is not done',
    );
  });

  test('only boot hooks and bootcmd come again', { timeout: BOOT_MS }, async () => {
    const order = await as('cook', 'sudo cat /root/order');
    const boot = `boot hook of ${spec.id}\nboot command of ${spec.id}\n`;
    expect(await as('cook', 'sudo cat /root/boots; sudo reboot')).toBe(boot);
    const boots = () => as('cook', 'sudo cat /root/boots');
    await expect.poll(boots, { timeout: BOOT_MS }).toBe(boot.repeat(2));
    const openings = async () => (await consoleText()).match(/kitchen is open after/g)?.length;
    await expect.poll(openings, { timeout: BOOT_MS }).toBe(2);
    expect(await as('cook', 'sudo cat /root/order')).toBe(order);
    expect(await as('cook', 'hostname')).toBe('cellar\n');
  });
});
