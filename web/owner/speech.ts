interface Heard { readonly results: ArrayLike<ArrayLike<{ readonly transcript: string }>> }
interface Recognition { lang: string; interimResults: boolean; onresult: ((event: Heard) => void) | null; onend: (() => void) | null; addEventListener(name: 'error', listener: () => void): void; start(): void; stop(): void }
type Maker = new () => Recognition;

const isMaker = (found: unknown): found is Maker => typeof found === 'function';
const found: unknown = typeof window === 'undefined' ? undefined : (Reflect.get(window, 'SpeechRecognition') ?? Reflect.get(window, 'webkitSpeechRecognition'));

/** 浏览器能不能听写. */
export const canListen = isMaker(found);

/** 听一句: what was understood is given to `onText`; `onEnd` once it is over, also when nothing was. @returns how to stop, or null where the browser cannot */
export function listen({ onText, onEnd }: { readonly onText: (text: string) => void; readonly onEnd: () => void }): (() => void) | null {
  if (!isMaker(found)) return null;
  const ear = new found();
  ear.lang = 'zh-CN';
  ear.interimResults = false;
  ear.onresult = ({ results }) => { onText(Array.from(results, (one) => one[0]?.transcript ?? '').join('')); };
  ear.onend = onEnd;
  ear.addEventListener('error', onEnd);
  ear.start();
  return () => { ear.stop(); };
}
