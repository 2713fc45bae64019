import { afterEach, describe, expect, it } from 'vitest';
import { mountField } from '../dev/mount-field';
import TimeField from './time-field.vue';

let unmount: () => void = () => undefined;
afterEach(() => unmount());

async function field(modelValue: string, props: { optional?: boolean } = {}) {
  const mounted = await mountField(TimeField, modelValue, props);
  unmount = () => mounted.wrapper.unmount();
  return mounted;
}

describe('a field for a time of day', () => {
  it('shows 24 hours, and takes what is typed in whatever way', async () => {
    const { told, input, type } = await field('14:30');
    expect([input.element.type, input.element.value]).toEqual(['text', '14:30']);
    await type('8');
    await type('9.15');
    expect([told, input.element.value]).toEqual([['08:00', '09:15'], '09:15']);
  });
  it('leaves the text alone while a time is being typed', async () => {
    const { told, input, key } = await field('08:00');
    for (const text of ['1', '14', '14:', '14:3', '14:30']) await key(text);
    expect([told, input.element.value]).toEqual([['14:30'], '14:30']);
  });
  it('keeps the time that holds when something else is typed, and says so', async () => {
    const { wrapper, told, input, type } = await field('08:00');
    await type('24:00');
    expect([told, input.element.value]).toEqual([[], '08:00']);
    expect(wrapper.find('[role=status]').text()).toContain('24:00');
    await type('');
    expect([told, input.element.value]).toEqual([[], '08:00']);
  });
  it('can be emptied where no time is needed', async () => {
    const { told, type } = await field('08:00', { optional: true });
    await type('');
    expect(told).toEqual(['']);
  });
});
