import { flushPromises } from '@vue/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { ApiProblem } from '../../api/problem';
import { createFakeClient } from '../../dev/fake-client';
import { mountScreen } from '../../dev/mount-screen';
import { loadLocale } from '../../i18n/i18n';
import RulesScreen from './rules-screen.vue';

let unmount: () => void = () => undefined;
afterEach(() => unmount());

const NO_CASES = {
  ...{ considered: 0, matched: 0, decided: 0, same: 0, different: 0, left: 0, examples: [] },
  summary: { code: 'backtest_no_cases', facts: {} },
};

/** The rules, with tests answered by `answer` (left out: as the fake does); what was asked is noted. */
async function rules(answer?: () => unknown) {
  const asked: unknown[] = [];
  const fake = createFakeClient();
  const client: typeof fake = {
    ...fake,
    call: (contract, input, options) => {
      if (contract.id !== 'backtestRule') return fake.call(contract, input, options);
      asked.push(input.body);
      return answer
        ? Promise.resolve()
            .then(answer)
            .then((reply) => contract.reply.validate(reply))
        : fake.call(contract, input, options);
    },
  };
  const { wrapper } = await mountScreen(RulesScreen, { client });
  unmount = () => wrapper.unmount();
  await flushPromises();
  const test = async (place = 0) => {
    await wrapper.findAll('button[aria-label$="prüfen"]')[place]?.trigger('click');
    await flushPromises();
  };
  return { wrapper, asked, test };
}

const bodyText = () => document.body.textContent ?? '';
const buttonIn = (text: string) =>
  [...document.querySelectorAll('[role=dialog] button')].find((found) => found.textContent?.includes(text));

describe('a rule tested on past cases', () => {
  it('says how it would have done, and leads to the cases that people decided differently', async () => {
    const { wrapper, asked, test } = await rules();
    await test();
    expect(asked).toMatchObject([
      { rule: { name: 'Kleine Änderungen in Kimai gelten', then: 'keep_target' } },
    ]);
    expect(wrapper.text()).toContain('Hätte 112 von 140 Fällen entschieden, 2 davon anders als Menschen.');
    expect(wrapper.text()).toContain('Auf 3 weitere Fälle passt sie');
    expect(wrapper.findAll('a[href^="/done/"]').map((link) => link.attributes('href'))).toEqual([
      '/done/901',
      '/done/877',
    ]);
    expect(wrapper.text()).toContain('Mensch: Zammad übernehmen · Regel: Kimai behalten');
  });

  it('says it in English too', async () => {
    const { wrapper, test } = await rules();
    await test();
    await loadLocale('en');
    await flushPromises();
    expect(wrapper.text()).toContain(
      'Would have decided 112 of 140 cases, 2 of them differently than people did.',
    );
    expect(wrapper.text()).toContain('Test on past cases');
  });

  it('says that it is under way, and only of the rule that was asked about', async () => {
    let answer: (reply: unknown) => void = () => undefined;
    const { wrapper, test } = await rules(() => new Promise((resolve) => (answer = resolve)));
    await test(1);
    expect(wrapper.text().match(/Wird an früheren Fällen geprüft/g)).toHaveLength(1);
    expect(wrapper.findAll('li')[1]?.text()).toContain('Wird an früheren Fällen geprüft');
    answer(NO_CASES);
    await flushPromises();
    expect(wrapper.text()).not.toContain('Wird an früheren Fällen geprüft');
    expect(wrapper.text()).toContain('Noch hat kein Mensch einen Fall entschieden');
  });

  it('says what failed, and tries again', async () => {
    let down = true;
    const { wrapper, test } = await rules(() => {
      if (down) throw new ApiProblem(0, 'unreachable', '');
      return NO_CASES;
    });
    await test();
    expect(wrapper.find('[role=alert]').text()).toContain('Die Prüfung gelang nicht: Timebridge antwortet');
    down = false;
    await wrapper.find('[role=alert] button').trigger('click');
    await flushPromises();
    expect(wrapper.find('[role=alert]').exists()).toBe(false);
    expect(wrapper.text()).toContain('Noch hat kein Mensch');
  });

  it('tests a rule that is not saved yet, and forgets the result when it is edited', async () => {
    const { wrapper, asked } = await rules();
    await wrapper
      .findAll('button')
      .find((found) => found.text().startsWith('Regel erstellen'))
      ?.trigger('click');
    await flushPromises();
    buttonIn('An früheren Fällen prüfen')?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    await flushPromises();
    expect(asked).toEqual([]);
    const name = document.querySelector<HTMLInputElement>('[role=dialog] input[name=name]');
    const type = async (text: string) => {
      if (!name) throw new Error('the dialog has no name');
      name.value = text;
      name.dispatchEvent(new Event('input', { bubbles: true }));
      await flushPromises();
    };
    await type('Neue');
    buttonIn('An früheren Fällen prüfen')?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    await flushPromises();
    expect(asked).toMatchObject([{ rule: { name: 'Neue' } }]);
    expect(bodyText()).toContain('Hätte 112 von 140 Fällen');
    await type('Neuere');
    expect(bodyText()).not.toContain('Hätte 112 von 140 Fällen');
  });
});
