import { spawnSync } from 'node:child_process';
import { createReadStream, createWriteStream, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';
import { z } from 'zod';

const FONTS = join(import.meta.dirname, '..', '..', 'assets', 'fonts');

/** Chromium stays alone: nothing is fetched, updated, synchronised or reported, and no QUIC leaves the machine. */
const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
  '--disable-sync', '--disable-domain-reliability', '--no-pings', '--no-default-browser-check', '--disable-dev-shm-usage', '--font-render-hinting=none',
  '--lang=zh-CN',
];

/**
 * 打开浏览器:a headless Chromium out of an npm package — no apt, no download — that writes Chinese with the repository's font.
 * The caller closes it.
 */
export async function launchChromium(): Promise<Browser> {
  const home = await unpacked();
  const fontFile = writeFontconfig();
  const browser = await chromium.launch({
    executablePath: join(home, 'chromium'),
    headless: true,
    args: FLAGS,
    env: {
      PATH: process.env.PATH ?? '', HOME: dirname(fontFile), TMPDIR: dirname(fontFile), LANG: 'zh_CN.UTF-8', LANGUAGE: 'zh_CN', TZ: 'Asia/Shanghai',
      LD_LIBRARY_PATH: join(home, 'al2023', 'lib'), FONTCONFIG_FILE: fontFile,
    },
  });
  browser.once('disconnected', () => { rmSync(dirname(fontFile), { recursive: true, force: true, maxRetries: 3 }); });
  return browser;
}

/** The package's folder of archives, and its version. */
function findPackage(): { bin: string; version: string } {
  const folder = dirname(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')));
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
  return { bin: join(folder, 'bin'), version };
}

/**
 * Unpacks the browser and the libraries it needs (libnss3, libnspr4) once per version and user. The package's own unpacking
 * takes whatever `chromium` of another version lies in the temporary folder; this one has a folder per version.
 */
async function unpacked(): Promise<string> {
  const { bin, version } = findPackage();
  const home = join(tmpdir(), `shanzhi-chromium-${version}-${String(process.getuid?.() ?? 0)}`);
  if (existsSync(join(home, 'chromium')) && isOurs(home)) return home;
  const draft = mkdtempSync(join(tmpdir(), 'shanzhi-chromium-'));
  await Promise.all([
    decompress(join(bin, 'chromium.br'), join(draft, 'chromium')),
    untar(join(bin, 'al2023.tar.br'), join(draft, 'al2023')),
    untar(join(bin, 'swiftshader.tar.br'), draft),
  ]);
  try {
    renameSync(draft, home);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    // Another worker unpacked the same version in between.
    if (!existsSync(join(home, 'chromium')) || !isOurs(home)) throw error;
  }
  return home;
}

/** A program is run only from a folder that this user made. */
const isOurs = (folder: string): boolean => process.getuid === undefined || statSync(folder).uid === process.getuid();

async function decompress(archive: string, target: string): Promise<void> {
  await pipeline(createReadStream(archive), createBrotliDecompress(), createWriteStream(target, { mode: 0o755 }));
}

async function untar(archive: string, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const tar = join(folder, basename(archive, '.br'));
  await decompress(archive, tar);
  const { status, stderr } = spawnSync('tar', ['-xf', tar, '-C', folder], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`cannot unpack ${basename(archive)}: ${stderr}`);
  rmSync(tar);
}

/** A fontconfig of our own: only the repository's font, so that pictures are the same on every machine. */
function writeFontconfig(): string {
  const folder = mkdtempSync(join(tmpdir(), 'shanzhi-fonts-'));
  const file = join(folder, 'fonts.conf');
  const aliases = ['sans-serif', 'serif', 'monospace', 'system-ui'].map((name) => `<alias binding="same"><family>${name}</family><prefer><family>Noto Sans SC</family></prefer></alias>`);
  writeFileSync(file, `<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig><dir>${FONTS}</dir><cachedir>${join(folder, 'cache')}</cachedir>${aliases.join('')}</fontconfig>\n`);
  return file;
}
