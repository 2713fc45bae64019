import { expect, it } from 'vitest';
import { BadControl } from './kit/index.js';
import { settingsPerSystem } from './settings.js';
import { startSimulators } from './start.js';

it('takes settings apart or together, each system under its own names', () => {
  const zammad = { time_accounting_unit: 'hour', version: '6.4.0' };
  const kimai = { 'timesheet.mode': 'punch' };
  expect(settingsPerSystem({ zammad, kimai })).toEqual({ zammad, kimai });
  expect(settingsPerSystem({ ...zammad, ...kimai })).toEqual({ zammad, kimai });
  expect(() => settingsPerSystem({ zammad: 'hour' })).toThrow(BadControl);
});

it('starts a Zammad of another version and unit, and refuses what it does not know', async () => {
  const settings = { version: '6.4.1', search_index: { delay_ms: 1000 }, time_accounting_unit: 'hour' };
  const running = await startSimulators({ world: 'contract', zammadPort: 0, kimaiPort: 0, settings });
  const answer = await fetch(`${running.zammadUrl}/__control/state`);
  const state: unknown = await answer.json();
  await running.close();
  expect(state).toMatchObject({
    settings: {
      time_accounting_unit: 'hour',
      installation: { version: '6.4.1', search_index: { delay_ms: 1000, failing: false, window: null } },
    },
  });
  const unknown = { zammad: { time_accounting_units: 'hour' } };
  await expect(
    startSimulators({ world: 'contract', zammadPort: 0, kimaiPort: 0, settings: unknown }),
  ).rejects.toThrow('time_accounting_units');
});
