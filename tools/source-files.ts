import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

const FOLDERS = ['domain', 'contract', 'server', 'web', 'e2e', 'tools', 'seeds', 'bench'];

/** 源文件: every TypeScript file of ours, as paths from the root with forward slashes. */
export function sourceFiles(root: string): string[] {
  const walk = (folder: string): string[] => readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return walk(path);
    return /\.tsx?$/.test(entry.name) ? [relative(root, path).replaceAll('\\', '/')] : [];
  });
  return FOLDERS.flatMap((folder) => { try { return walk(join(root, folder)); } catch { return []; } });
}
