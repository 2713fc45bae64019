import { afterEach, describe, expect, it, vi } from 'vitest';
import { unsentNotes } from './unsent-notes';

afterEach(() => {
  vi.unstubAllGlobals();
  unsentNotes.forget();
});

describe('notes that were not sent', () => {
  it('are there after the page was loaded again, each at its case', async () => {
    unsentNotes.keep('7', 'Mit Frau Kern besprochen');
    unsentNotes.keep('8', 'Rückruf');
    vi.resetModules();
    const { unsentNotes: afterReload } = await import('./unsent-notes');
    expect([afterReload.of('7'), afterReload.of('8')]).toEqual(['Mit Frau Kern besprochen', 'Rückruf']);
  });
  it('are gone once sent, and all of them with a log-out', () => {
    unsentNotes.keep('7', 'a');
    unsentNotes.keep('8', 'b');
    unsentNotes.keep('7', '');
    expect([unsentNotes.of('7'), unsentNotes.of('8')]).toEqual(['', 'b']);
    unsentNotes.forget();
    expect(unsentNotes.of('8')).toBe('');
    expect(window.sessionStorage).toHaveLength(0);
  });
  it('last as long as the page where a browser keeps nothing', () => {
    const refuse = () => {
      throw new Error('switched off');
    };
    vi.stubGlobal('sessionStorage', { getItem: refuse, setItem: refuse, removeItem: refuse });
    unsentNotes.keep('7', 'a');
    expect(unsentNotes.of('7')).toBe('a');
  });
});
