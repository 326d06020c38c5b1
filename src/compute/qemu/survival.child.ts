import { pino } from 'pino';
import { MovableClock } from '../../kernel/clock.ts';
import { specOf } from '../driver.contract.ts';
import { FileDisks } from '../file-disks.ts';
import { MetadataService } from '../metadata/metadata-service.ts';
import { QemuDriver } from './qemu-driver.ts';

// Stands in for a server in survival.test.ts: starts one machine, says so, and waits to be killed.
const [, , directory = '', kind] = process.argv;
const driver = new QemuDriver({
  directory,
  disks: new FileDisks(`${directory}-volumes`),
  metadata: new MetadataService(new MovableClock()),
  log: pino({ level: 'silent' }),
  ephemeral: kind === 'ephemeral',
});
await driver.create({ ...specOf('i-1'), publicAddress: '127.64.16.6' });
await driver.start('i-1');
process.stdout.write('started\n');
