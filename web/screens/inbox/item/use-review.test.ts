import { mount } from '@vue/test-utils';
import { beforeAll, describe, expect, it } from 'vitest';
import { defineComponent, nextTick, shallowRef } from 'vue';
import type { ConflictDetail } from '../../../data/conflicts';
import { fakeCases } from '../../../dev/fake-cases';
import { loadLocale } from '../../../i18n/i18n';
import { useReview } from './use-review';

const found = fakeCases(new Date('2026-11-23T12:00:00Z')).find(
  ({ conflict }) => conflict.kind === 'target_changed',
);
if (!found?.source) throw new Error('a changed case with both sides is needed');
const [seen, source] = [found, found.source];
const later: ConflictDetail = {
  ...seen,
  conflict: { ...seen.conflict, version: 'later' },
  source: { ...source, seconds: 2 * 3600 },
};

function review(refused = false) {
  const detail = shallowRef<ConflictDetail | undefined>(seen);
  let result: ReturnType<typeof useReview> | undefined;
  mount(
    defineComponent({
      setup() {
        result = useReview(detail, () => refused);
        return () => null;
      },
    }),
  );
  if (!result) throw new Error('the component must be set up');
  return { detail, ...result };
}

describe('facts that change under the eyes of a person', () => {
  beforeAll(() => loadLocale('de'));

  it('are told with what they were, until somebody looked', async () => {
    const { detail, warning, changes, review: look } = review();
    expect(warning.value).toBe('');
    detail.value = later;
    await nextTick();
    expect(warning.value).toContain('gerade geändert');
    expect(changes.value).toEqual([expect.stringContaining('Zammad, Dauer:')]);
    expect(changes.value[0]).toContain('→ 2:00\u00a0h');
    look();
    expect(warning.value).toBe('');
    expect(changes.value).toEqual([]);
  });

  it('are no matter once the case is decided, nor when another one is opened', async () => {
    const { detail, warning } = review();
    detail.value = { ...later, conflict: { ...later.conflict, state: 'closed' } };
    await nextTick();
    expect(warning.value).toBe('');
    detail.value = { ...later, conflict: { ...later.conflict, id: '999' } };
    await nextTick();
    expect(warning.value).toBe('');
  });

  it('say so where the server refused a decision for them', () => {
    expect(review(true).warning.value).toContain('nicht übernommen');
  });
});
