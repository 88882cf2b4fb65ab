const WIDE: Readonly<Record<string, string>> = { ',': '，', ';': '；', ':': '：', '!': '！', '?': '？' };

/** 全角标点: the half-width marks beside Chinese words become those of Chinese text; numbers, times and addresses keep theirs. */
export function fullWidth(text: string): string {
  const bracketed = text.replaceAll(/\(([^()]*\p{Script=Han}[^()]*)\)/gu, '（$1）');
  return bracketed.replaceAll(/(?<=[\p{Script=Han}”）》%㎡])[,;:!?]|[,;:!?](?=[\p{Script=Han}“（《])/gu, (mark) => WIDE[mark] ?? mark);
}
