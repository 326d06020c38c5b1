import type { AnyService } from '../kernel/service.ts';
import { ec2 } from './ec2/service.ts';
import { ssm } from './ssm/service.ts';

/** Everything that is built, one line a service. */
export const services: readonly AnyService[] = [ec2, ssm];
