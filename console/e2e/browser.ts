import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { type Cloud, startCloud } from '../../src/cloud.ts';

const executablePath = '/usr/bin/chromium';
const builtConsole = new URL('../../dist/console/index.html', import.meta.url);

/** Why there is nothing to test the console with; undefined where there is. */
export function whatIsMissing(): string | undefined {
  if (!existsSync(executablePath)) return `there is no Chromium at ${executablePath}`;
  return existsSync(builtConsole) ? undefined : 'the console is not built: npm run build';
}

/** A browser at the console of a cloud in this process. */
export interface Visit extends AsyncDisposable {
  readonly cloud: Cloud;
  readonly page: Page;
  /** What the browser complained of: errors, and what the content security policy kept out. */
  readonly complaints: readonly string[];
  go(path: string): Promise<void>;
}

export interface VisitOptions {
  readonly theme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
}

export async function visit(options: VisitOptions = {}): Promise<Visit> {
  const { theme = 'light', width = 1280, height = 900 } = options;
  const cloud = await startCloud();
  let browser: Browser;
  try {
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  } catch (error) {
    await cloud.close();
    throw error;
  }
  const context = await browser.newContext({
    ...{ viewport: { width, height }, colorScheme: theme, reducedMotion: 'reduce' },
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  return {
    ...{ cloud, page, complaints },
    async go(path) {
      await page.goto(`${cloud.endpoint}/_alacarte/console${path}`);
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
      await cloud.close();
    },
  };
}
