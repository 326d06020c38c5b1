import { service } from '../../kernel/service.ts';
import { Instances } from '../ec2/domain/instances/instances.ts';
import { Tags } from '../ec2/domain/tags.ts';
import { sendSSHPublicKey } from './operations/send-ssh-public-key.ts';
import type { InstanceConnectScope } from './scope.ts';

export const ec2InstanceConnect = service<InstanceConnectScope>({
  name: 'ec2-instance-connect',
  operations: [sendSSHPublicKey],
  create: ({ store, clock, compute }) => ({
    scope: { clock, compute, instances: new Instances(store, clock, new Tags(store)) },
  }),
});
