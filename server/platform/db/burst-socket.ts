import { Socket } from 'node:net';

/**
 * 合并写出的连接: what is written in one turn of the program leaves in one call to the system, once the turn is over. A request's opening,
 * its scope and its first statements are one packet so, and PostgreSQL wakes once for them.
 */
export class BurstSocket extends Socket {
  #isHeld = false;

  constructor() {
    super();
    // `connect` gives the socket a `write` of its own, over the one below; without it the one below is found again.
    this.once('connect', () => Reflect.deleteProperty(this, 'write'));
  }

  override write(chunk: Uint8Array | string, encoding?: BufferEncoding | ((error?: Error | null) => void), done?: (error?: Error | null) => void): boolean {
    if (!this.#isHeld) {
      this.#isHeld = true;
      this.cork();
      // Runs when every promise of this turn has settled, before the program waits for anything from outside.
      process.nextTick(() => { this.#isHeld = false; this.uncork(); });
    }
    return typeof encoding === 'function' ? super.write(chunk, encoding) : super.write(chunk, encoding, done);
  }
}
