import { accessSync, constants, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

/** Memory seen as a folder, where the system has one. */
export const MEMORY_FOLDER = '/dev/shm';
/** What a run needs there, several times over, and what the machine must have to spare for it. */
const ROOM_BYTES = 4 * 2 ** 30;
const SPARE_BYTES = 8 * 2 ** 30;

/**
 * 测试数据的位置: where test servers keep their data. In memory where there is plenty (making a database is a thousand small files, and most of a
 * run's time on a disk), otherwise among the temporary files.
 */
export function roomyFolder(): string {
  try {
    accessSync(MEMORY_FOLDER, constants.W_OK);
    const { bavail, bsize } = statfsSync(MEMORY_FOLDER);
    return bavail * bsize >= ROOM_BYTES && process.availableMemory() >= SPARE_BYTES ? MEMORY_FOLDER : tmpdir();
  } catch {
    return tmpdir();
  }
}
