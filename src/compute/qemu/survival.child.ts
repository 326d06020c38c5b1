import { pino } from 'pino';
import { MovableClock } from '../../kernel/clock.ts';
import { specOf } from '../driver.contract.ts';
import { FileDisks } from '../file-disks.ts';
import { MetadataService } from '../metadata/metadata-service.ts';
import { Resolver } from '../network/resolver.ts';
import { VpcNetwork } from '../network/vpc-network.ts';
import { QemuDriver } from './qemu-driver.ts';

// Stands in for a server in survival.test.ts: starts one machine, says so, and waits to be killed.
const [, , directory = '', kind, id = '', link] = process.argv;
const metadata = new MetadataService(new MovableClock());
const ephemeral = kind === 'ephemeral';
const services = { metadata, resolver: new Resolver() };
const network = link === 'tap' ? new VpcNetwork(directory, services, { ephemeral }) : undefined;
const driver = new QemuDriver({
  directory,
  disks: new FileDisks(`${directory}-volumes`),
  network,
  metadata,
  log: pino({ level: 'silent' }),
  ephemeral,
});
await driver.create({ ...specOf(id), publicAddress: '127.64.16.6' });
await driver.start(id);
process.stdout.write('started\n');
