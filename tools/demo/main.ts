import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import { buildImage } from '../../src/compute/images/build-image.ts';
import { tiny } from '../../src/compute/images/tiny/recipe.ts';
import { prepareHost } from '../prepare-host.ts';
import { launch } from './instance.ts';
import { chapter } from './narrator.ts';
import { startServer } from '../server-process.ts';
import { deployStack } from './stack.ts';
import { keepAnItem } from './table.ts';

/**
 * `npm run demo`: starts Alacarte as a user would and drives it with the AWS SDK and OpenSSH, neither
 * of which knows that this is not AWS. Everything is gone again at the end.
 */
const canBoot = await prepareHost();
if (canBoot) await buildImage(tiny, { progress: console.log });

// The SDK warns of its own plans for Node versions, which is not what the demo is about.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
const folder = mkdtempSync(join(tmpdir(), 'alacarte-demo-'));
const options = ['--port', '0', '--data-dir', join(folder, 'data'), '--log-level', 'warn'];
const server = await startServer(['dist/cli/main.js'], options);
try {
  console.log(server.ready);
  const client = {
    endpoint: server.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  await keepAnItem(new STSClient(client), new DynamoDBClient(client));
  await launch(new EC2Client(client), { folder, canBoot });
  await deployStack(new CloudFormationClient(client), new SSMClient(client), { folder, canBoot });
  chapter('Done. `npm start` leaves a cloud on http://127.0.0.1:4566 for any AWS client.');
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
