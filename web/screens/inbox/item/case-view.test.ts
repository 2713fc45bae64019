import { flushPromises } from '@vue/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { defineComponent, h, nextTick } from 'vue';
import type { ConflictKind } from '../../../../domain/conflict';
import type { ConflictDetail } from '../../../data/conflicts';
import { fakeCases } from '../../../dev/fake-cases';
import { mountScreen } from '../../../dev/mount-screen';
import { useShortcutListener } from '../../../keys/shortcuts';
import CaseView from './case-view.vue';

const cases = fakeCases(new Date('2026-11-23T12:00:00Z'));
const caseOf = (kind: ConflictKind): ConflictDetail => {
  const found = cases.find(({ conflict }) => conflict.kind === kind);
  if (!found) throw new Error(`no case of kind ${kind}`);
  return found;
};
/** The shell listens to keys; here a wrapper does. */
const withKeys = (detail: ConflictDetail, mayDecide: boolean, warning: string) =>
  defineComponent({
    setup() {
      useShortcutListener();
      return () => h(CaseView, { detail, mayDecide, warning, changes: [], busy: false, keys: true });
    },
  });
let unmount: () => void = () => undefined;
afterEach(() => unmount());

async function show(detail: ConflictDetail, { mayDecide = true, warning = '' } = {}) {
  const { wrapper } = await mountScreen(withKeys(detail, mayDecide, warning));
  unmount = () => wrapper.unmount();
  const view = wrapper.findComponent(CaseView);
  const press = async (key: string) => {
    document.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    await nextTick();
    await flushPromises();
  };
  return { view, press, decided: () => view.emitted('decide') ?? [] };
}

describe('a case', () => {
  it('marks the fields that differ and folds the others into one line', async () => {
    const { view } = await show(caseOf('target_changed'));
    const marked = view.findAll('td.differs').map((cell) => cell.text());
    expect(marked.some((text) => text.includes('2:00\u00a0h'))).toBe(true);
    expect(view.text()).toMatch(/Felder stimmen überein: Datum, Person, Projekt/);
  });

  it('is not decided while its facts are other ones than those that were looked at', async () => {
    const { view, press, decided } = await show(caseOf('target_changed'), { warning: 'Geändert.' });
    await press('2');
    await press('a');
    expect(decided()).toEqual([]);
    expect(document.activeElement?.textContent).toContain('Neue Werte geprüft');
    await view.find('[role=alert] button').trigger('click');
    expect(view.emitted('reviewed')).toHaveLength(1);
  });

  it('takes the decision that is proposed with one key', async () => {
    const { press, decided } = await show(caseOf('target_changed'));
    await press('a');
    expect(decided()).toEqual([[expect.objectContaining({ choice: 'keep_target' })]]);
  });

  it('is decided by its key, with the version that was shown', async () => {
    const detail = caseOf('target_changed');
    const { press, decided } = await show(detail);
    await press('2');
    expect(decided()).toEqual([
      [
        expect.objectContaining({
          conflictId: detail.conflict.id,
          version: detail.conflict.version,
          choice: 'keep_target',
          parameters: {},
        }),
      ],
    ]);
  });

  it('asks for an entry of Kimai before it links one, and says so', async () => {
    const { view, press, decided } = await show(caseOf('ambiguous'));
    await press('1');
    expect(decided()).toEqual([]);
    expect(view.text()).toContain('Wählen Sie zuerst einen Eintrag.');
    await view.find('input[name=candidate]').setValue(true);
    await press('1');
    expect(decided()).toEqual([
      [expect.objectContaining({ choice: 'link', parameters: { targetId: '9012' } })],
    ]);
  });

  it('opens the choice per field with the first press and decides with the second, once every field has a side', async () => {
    const { view, press, decided } = await show(caseOf('mismatch'));
    await press('e');
    expect(view.findAll('input[type=radio]')).toHaveLength(4);
    await press('e');
    expect(decided()).toEqual([]);
    expect(view.text()).toContain('Wählen Sie für jedes abweichende Feld eine Seite.');
    await view.find('input[name=pick-seconds]').setValue(true);
    await press('e');
    expect(decided()).toEqual([
      [
        expect.objectContaining({
          choice: 'per_field',
          parameters: { fields: { seconds: 'source', activityId: 'target' } },
        }),
      ],
    ]);
  });

  it('does not take a decision that the facts refuse, and says why', async () => {
    const detail = caseOf('locked');
    const { view, press, decided } = await show(detail);
    await press('2');
    expect(decided()).toEqual([]);
    const buttons = view.findAll('[role=group] button');
    expect(buttons.filter((button) => button.attributes('aria-disabled') === 'true')).toHaveLength(1);
  });

  it('offers no decision to who may only view', async () => {
    const { view, press, decided } = await show(caseOf('target_changed'), { mayDecide: false });
    await press('2');
    expect(decided()).toEqual([]);
    expect(view.find('[role=group]').exists()).toBe(false);
    expect(view.text()).toContain('Sie dürfen Fälle ansehen, aber nicht entscheiden.');
  });

  it('takes the note along', async () => {
    const { view, press, decided } = await show(caseOf('missing'));
    await press('c');
    await view.find('textarea').setValue('  Mit Kunde geklärt ');
    await press('3');
    expect(decided()).toEqual([[expect.objectContaining({ choice: 'skip', note: 'Mit Kunde geklärt' })]]);
  });
});
