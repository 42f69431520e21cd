import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type BrowserType, chromium, firefox, type PlaywrightTestConfig } from '@playwright/test';

type Use = NonNullable<PlaywrightTestConfig['use']>;

/** Playwright's own Chromium where it was downloaded, else the one that the system has (`CHROMIUM_PATH` names another). */
export function chromiumUse(): Use {
  const own = ownBrowser(chromium);
  const isDownloaded = existsSync(own) || existsSync(headlessShell(own));
  const executablePath = isDownloaded
    ? undefined
    : (process.env['CHROMIUM_PATH'] ?? onPath('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'));
  return {
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      // Chromium's sandbox refuses to run as root, as in containers
      chromiumSandbox: process.getuid?.() !== 0,
      args: ['--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    },
  };
}

/** Playwright's own Firefox, else the system's, driven over WebDriver BiDi; `undefined` where there is none. */
export function firefoxUse(): Use | undefined {
  if (existsSync(ownBrowser(firefox))) return {};
  const executablePath = process.env['FIREFOX_PATH'] ?? onPath('firefox', 'firefox-esr');
  return executablePath === undefined ? undefined : { channel: 'moz-firefox', launchOptions: { executablePath } };
}

/** Where Playwright would look for its download; '' where it has none for this system. */
function ownBrowser(type: BrowserType): string {
  try {
    return type.executablePath();
  } catch {
    return '';
  }
}

/** Headless runs use a smaller build that lies beside the full one; either will do. */
function headlessShell(fullPath: string): string {
  return fullPath.replace(
    /chromium-(\d+)([\\/])chrome-([a-z0-9]+)([\\/]).*$/,
    'chromium_headless_shell-$1$2chrome-headless-shell-$3$4chrome-headless-shell',
  );
}

function onPath(...names: readonly string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
