import type { AlertKind, AlertWords } from './alerts-de.js';
import type { FactReader } from './fact-reader.js';

const onDuty = (f: FactReader): string =>
  f.has('onDuty') ? ` On duty this week, for what is assigned to nobody: ${f.text('onDuty')}.` : '';

export const ENGLISH_ALERTS = {
  connector_stopped: {
    subject: (f) => `${f.text('system')}: the sync is waiting`,
    says: () =>
      'Everything that is to be written is kept until then, and is written as soon as the connection is back.',
  },
  connector_resumed: {
    subject: (f) => `${f.text('system')} answers again`,
    says: (f) => `The connection has been back since ${f.moment('sinceAt')}. What waited is being written.`,
  },
  run_warning: {
    subject: (f) => `Sync “${f.text('bridge')}”: please check`,
    says: () => 'The run completed, but somebody should look at this.',
  },
  sum_broken: {
    subject: (f) => `Sync “${f.text('bridge')}”: the sum does not come out`,
    says: (f) =>
      `Between Zammad and Kimai, ${f.duration('brokenSeconds')} remain unexplained. Affected: ${f.list('months').join(', ')}. The page of the sync run names the entries.`,
  },
  approvals_overdue: {
    subject: (f) =>
      `${f.count('caseCount')} ${f.plural('caseCount', 'case waits', 'cases wait')} for a decision`,
    says: (f) =>
      `They are about ${f.duration('seconds')}; the oldest has waited since ${f.moment('oldestAt')}. Nothing of it is written until somebody decides.${onDuty(f)}`,
  },
  alert_test: {
    subject: () => 'Test: notifications arrive',
    says: (f) => `${f.text('by')} sent this test. There is nothing to do.`,
  },
} as const satisfies Readonly<Record<AlertKind, AlertWords>>;

export const ENGLISH_ALERT_FRAME = { open: 'Open', sender: 'Timebridge' } as const;
