import { pino } from 'pino';
import { MovableClock } from '../../kernel/clock.ts';
import { specOf } from '../driver.contract.ts';
import { MetadataService } from '../metadata/metadata-service.ts';
import { NamespacesDriver } from './namespaces-driver.ts';

// Stands in for a server in survival.test.ts: starts one machine, says so, and waits to be killed.
const [, , directory = '', kind] = process.argv;
const driver = new NamespacesDriver({
  directory,
  metadata: new MetadataService(new MovableClock()),
  log: pino({ level: 'silent' }),
  ephemeral: kind === 'ephemeral',
});
await driver.create({ ...specOf('i-1'), publicAddress: '127.64.18.6' });
process.stdout.write('created\n');
await driver.start('i-1');
process.stdout.write('started\n');
