import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      'src/**/*.test.ts',
      'test/**/*.test.ts',
      'tools/**/*.test.ts',
      'console/**/*.test.ts',
    ],
    testTimeout: 20_000,
    // The machine may be busy with guests that boot.
    expect: { poll: { timeout: 10_000 } },
    // Files share a process: loading the SDK's clients anew for each would take most of the time.
    pool: 'forks',
    isolate: false,
    maxWorkers: 2,
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  },
});
