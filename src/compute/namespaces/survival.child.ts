import { pino } from 'pino';
import { MovableClock } from '../../kernel/clock.ts';
import { specOf } from '../driver.contract.ts';
import { MetadataService } from '../metadata/metadata-service.ts';
import { Resolver } from '../network/resolver.ts';
import { VpcNetwork } from '../network/vpc-network.ts';
import { NamespacesDriver } from './namespaces-driver.ts';

// Stands in for a server in survival.test.ts: starts one machine, says so, and waits to be killed.
const [, , directory = '', kind] = process.argv;
const ephemeral = kind === 'ephemeral';
const services = {
  metadata: new MetadataService(new MovableClock()),
  resolver: new Resolver(),
};
const network = new VpcNetwork(directory, services, { ephemeral });
const driver = new NamespacesDriver({
  directory,
  network,
  log: pino({ level: 'silent' }),
  ephemeral,
});
await driver.create(specOf('i-1'));
process.stdout.write('created\n');
await driver.start('i-1');
process.stdout.write('started\n');
