type Entry<T> = { readonly value: Promise<T>; readonly staleAt: number };

/**
 * Remembers what was looked up for a while, so that a page of a thousand entries asks for each name once.
 * Callers that ask at the same time share one look-up; a failed one is forgotten.
 */
export class ExpiringCache<T> {
  private readonly entries = new Map<string, Entry<T>>();

  constructor(
    private readonly keepMs: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  async get(key: string, look: () => Promise<T>): Promise<T> {
    const known = this.entries.get(key);
    if (known !== undefined && known.staleAt > this.now()) return known.value;
    const value = look();
    this.entries.set(key, { value, staleAt: this.now() + this.keepMs });
    try {
      return await value;
    } catch (error) {
      this.entries.delete(key);
      throw error;
    }
  }

  forget(key: string): void {
    this.entries.delete(key);
  }

  /** Keeps a value that came along with another reply. */
  put(key: string, value: T): void {
    this.entries.set(key, { value: Promise.resolve(value), staleAt: this.now() + this.keepMs });
  }
}
