import { prepareHost } from './prepare-host.ts';

// Before `npm test`: what cannot be installed is skipped by the tests that need it.
await prepareHost({ forTests: true });
