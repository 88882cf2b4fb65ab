/** 拒绝启动:the one error of starting up; its message is a complete sentence that an operator can act on. */
export class StartRefused extends Error {
  override readonly name = 'StartRefused';
}

interface Symptom {
  readonly seen: RegExp;
  readonly sentence: (folder: string) => string;
}

const symptoms: readonly Symptom[] = [
  { seen: /No space left on device|ENOSPC|Disk quota exceeded/u, sentence: (f) => `磁盘空间不足，数据库无法写入「${f}」，请清理磁盘后再启动。` },
  { seen: /Read-only file system|EROFS/u, sentence: (f) => `数据文件夹「${f}」所在磁盘是只读的，请改用可写的位置（设置 SHANZHI_DATA）。` },
  { seen: /Permission denied|EACCES|EPERM|ENOTDIR/u, sentence: (f) => `没有权限写入数据文件夹「${f}」，请把它的所有者改为当前用户，或用 SHANZHI_DATA 换一个文件夹。` },
  { seen: /ENOENT[^\n]*mkdir/u, sentence: (f) => `数据文件夹「${f}」建不起来，请用 SHANZHI_DATA 换一个文件夹。` },
  { seen: /initialized by PostgreSQL version/u, sentence: (f) => `数据文件夹「${f}」由另一版本的 PostgreSQL 建立，请用原来的版本导出数据后再升级。` },
  { seen: /error while loading shared libraries|cannot execute|ENOEXEC/u, sentence: () => '内置数据库程序无法在本机运行，请设置 DATABASE_URL 改用已安装的 PostgreSQL（15 及以上）。' },
  { seen: /could not create shared memory|Cannot allocate memory|ENOMEM/u, sentence: () => '内存不足，内置数据库无法启动，请关闭其他程序后再试。' },
];

/** 故障说明:one sentence for what a system call or PostgreSQL said about `folder`; undefined when the symptom is unknown. */
export function sentenceFor(output: string, folder: string): string | undefined {
  return symptoms.find(({ seen }) => seen.test(output))?.sentence(folder);
}

/** 转为拒绝启动:wraps anything thrown while starting; the unknown keeps its last line so that it can be looked up. */
export function refusal(error: unknown, folder: string): StartRefused {
  if (error instanceof StartRefused) return error;
  const text = error instanceof Error ? error.message : String(error);
  const lastLine = text.trim().split('\n').at(-1) ?? '';
  return new StartRefused(sentenceFor(text, folder) ?? `内置数据库没有启动成功（${lastLine}），请查看「${folder}」中的 postgres.log。`, { cause: error });
}
