import { keepText, keptText } from './store.ts';

const NAME = 'owner-type-size';

/** 是否大字. */
export const isLarge = (): boolean => keptText(NAME) === 'large';

/** 按记住的字号显示. */
export function applyTypeSize(): void {
  document.documentElement.dataset['size'] = isLarge() ? 'large' : 'standard';
}

/** 切换大字, kept on the device. */
export function setLarge(isOn: boolean): void {
  keepText(NAME, isOn ? 'large' : null);
  document.documentElement.dataset['size'] = isOn ? 'large' : 'standard';
}
