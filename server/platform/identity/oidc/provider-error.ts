/** 认证没有成: `words` say why, for people and for the audit trail; `isDown` when the provider could not be asked at all. */
export class ProviderError extends Error {
  readonly words: string;
  readonly isDown: boolean;
  constructor(words: string, isDown: boolean, options?: ErrorOptions) {
    super(words, options);
    this.name = 'ProviderError';
    this.words = words;
    this.isDown = isDown;
  }
}
