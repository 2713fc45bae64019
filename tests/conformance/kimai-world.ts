import type { ConnectorContext } from '../../connectors/port.js';
import type { DesiredTimesheet } from '../../domain/timesheet.js';
import {
  contractWorld,
  createKimai,
  kimaiWorld,
  newActivity,
  newCustomer,
  newProject,
} from '../../simulators/kimai/index.js';
import type { KimaiRows } from '../../simulators/kimai/world.js';
import { Clock, serve, type Simulator } from '../../simulators/kit/index.js';
import type { TargetUnderTest } from './target-conformance.js';

export type KimaiTestWorld = Omit<TargetUnderTest, 'target' | 'stranger'> & {
  readonly url: string;
  readonly simulator: Simulator;
  /** What an administrator does in Kimai's own screens. */
  readonly control: (path: string, body: unknown) => Promise<void>;
};

const START = new Date('2026-11-23T09:00:00Z');

/** Ids in the test world. */
export const ANNA = '2';
export const BEN = '3';
export const SUPPORT = '1';
export const HIDDEN = '2';
export const ENDED = '3';
export const REMOTE = '1';
export const ONSITE = '2';

/** A connector's context for a simulated Kimai whose token user lives in Berlin. */
export function kimaiContext(url: string, token: string): ConnectorContext {
  return {
    connectorId: 'kimai',
    baseUrl: url,
    token,
    timeZone: 'Europe/Berlin',
    unitPeriods: [],
    http: { allowLoopback: true },
  };
}

/** Nine to half past ten on a Monday in November, by Anna. */
export const MORNING: DesiredTimesheet = {
  userId: ANNA,
  projectId: SUPPORT,
  activityId: REMOTE,
  day: '2026-11-02',
  begin: '2026-11-02T09:00:00',
  end: '2026-11-02T10:30:00',
  beginAt: '2026-11-02T08:00:00Z',
  endAt: '2026-11-02T09:30:00Z',
  seconds: 5_400,
  description: 'Printer',
  tags: ['zammad'],
  billable: null,
};

/** The people of the recordings, with a customer, three projects and two activities. */
function bookableRows(): KimaiRows {
  return {
    ...contractWorld(),
    customers: [newCustomer({ id: 1, name: 'Huber' })],
    projects: [
      newProject({ id: 1, name: 'Support', customer: 1, orderNumber: 'B-17' }),
      newProject({ id: 2, name: 'Old', customer: 1, visible: false }),
      newProject({ id: 3, name: 'Ended', customer: 1, start: '2025-01-01', end: '2025-12-31' }),
    ],
    activities: [newActivity({ id: 1, name: 'Remote' }), newActivity({ id: 2, name: 'On site' })],
  };
}

/** A Kimai in memory, with what people do to it. */
export async function startKimaiWorld(
  change: (rows: KimaiRows) => KimaiRows = (rows) => rows,
): Promise<KimaiTestWorld> {
  const clock = Clock.startingAt(START);
  clock.fixAt(START);
  const createWorld = () => kimaiWorld(change(bookableRows()));
  const simulator = await serve(createKimai({ clock, world: 'bookable', createWorld }), { port: 0, clock });

  return {
    url: simulator.url,
    simulator,
    control: async (path, body) => {
      const response = await fetch(`${simulator.url}/__control/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    },
    desired: MORNING,
    otherActivityId: ONSITE,
    otherUserId: BEN,
    refusedProjectId: ENDED,
    loseNextAnswer: () => {
      simulator.faults.add({
        match: { method: 'POST' },
        skip: 0,
        times: 1,
        then: { kind: 'drop_after_write' },
      });
    },
    laterBy: (ms) => clock.fixAt(new Date(clock.now().getTime() + ms)),
    now: () => clock.now().toISOString(),
    goDown: () => {
      simulator.faults.down = 'connection';
    },
    close: () => simulator.close(),
  };
}
