import { afterEach, describe, expect, it } from 'vitest';
import { nextTick } from 'vue';
import { mountField } from '../dev/mount-field';
import { loadLocale } from '../i18n/i18n';
import DayField from './day-field.vue';

let unmount: () => void = () => undefined;
afterEach(() => unmount());

async function field(modelValue: string, limits: { min?: string; max?: string } = {}) {
  const mounted = await mountField(DayField, modelValue, limits);
  unmount = () => mounted.wrapper.unmount();
  return mounted;
}

describe('a field for a day', () => {
  it('shows the day as the language of the page writes it, whatever the browser speaks', async () => {
    const { input } = await field('2026-11-05');
    expect(input.element.value).toBe('05.11.2026');
    await loadLocale('en');
    await nextTick();
    expect(input.element.value).toBe('Nov 5, 2026');
  });
  it('takes what is typed, and nothing where the field is emptied', async () => {
    const { told, type } = await field('');
    await type('1.12.2026');
    await type('');
    expect(told).toEqual(['2026-12-01', '']);
  });
  it('leaves the text alone while a day is being typed', async () => {
    const { told, input, key } = await field('2026-10-01');
    await key('1.10.202');
    await key('1.10.2027');
    expect([told, input.element.value]).toEqual([['2027-10-01'], '1.10.2027']);
  });
  it('keeps the day that holds when something else is typed, and says so', async () => {
    const { wrapper, told, input, type } = await field('2026-10-01', { min: '2026-09-01' });
    for (const text of ['morgen', '31.08.2026']) {
      await type(text);
      expect([told, input.element.value]).toEqual([[], '01.10.2026']);
      expect(wrapper.find('[role=status]').text()).toContain(text);
    }
  });
});
