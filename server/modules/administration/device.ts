const BROWSERS: readonly [RegExp, string][] = [[/MicroMessenger/i, '微信'], [/Edg\//, 'Edge'], [/Firefox\//, 'Firefox'], [/Chrome\//, 'Chrome'], [/Safari\//, 'Safari']];
const SYSTEMS: readonly [RegExp, string][] = [[/Windows/, 'Windows'], [/Android/, '安卓手机'], [/iPhone|iPad/, '苹果手机'], [/Mac OS/, 'Mac'], [/Linux|UOS|Kylin/i, 'Linux']];

/** 设备: what kind, in words, out of what the browser says of itself: enough to recognise one's own, no more. */
export function deviceOf(userAgent: string): string {
  const find = (table: readonly [RegExp, string][]) => table.find(([pattern]) => pattern.test(userAgent))?.[1];
  return [find(SYSTEMS), find(BROWSERS)].filter(Boolean).join(' ') || '未知设备';
}
