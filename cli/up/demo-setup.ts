import { request } from 'undici';
import * as yup from 'yup';
import { CommandFailed } from '../failure.js';
import type { BridgeSetup, ConnectorSetup, Setup } from '../setup/setup-file.js';

export const DEMO_BRIDGE = 'zammad-kimai';

const id = () => yup.number().integer().required();

const DemoFacts = yup
  .object({
    zammad: yup.object({ token: yup.string().required(), timeZone: yup.string().required() }).required(),
    kimai: yup.object({ token: yup.string().required() }).required(),
    startFrom: yup.string().required(),
    activities: yup
      .array(
        yup
          .object({ zammadTypeId: yup.number().integer().nullable().defined(), kimaiActivityId: id() })
          .required(),
      )
      .required(),
    users: yup.array(yup.object({ zammadUserId: id(), kimaiUserId: id() }).required()).required(),
    organizations: yup
      .array(yup.object({ zammadOrganizationId: id(), kimaiProjectId: id() }).required())
      .required(),
  })
  .required();

export type DemoFacts = yup.InferType<typeof DemoFacts>;

/** What the demo's company has; the simulators tell it, because they made it. */
export async function readDemoFacts(zammadUrl: string): Promise<DemoFacts> {
  const response = await request(`${zammadUrl}/demo-setup`);
  if (response.statusCode !== 200) throw new CommandFailed('The simulated Zammad holds no demo', 'no_demo');
  return DemoFacts.validate(await response.body.json());
}

/** The set-up file that an administrator of that company would have written. */
export function demoSetup(
  facts: DemoFacts,
  urls: { readonly zammad: string; readonly kimai: string },
): Setup {
  const { timeZone } = facts.zammad;
  const zammad: ConnectorSetup = {
    ...{
      id: 'zammad',
      kind: 'zammad',
      name: 'Zammad',
      baseUrl: urls.zammad,
      token: facts.zammad.token,
      timeZone,
    },
    unitPeriods: [{ from: null, secondsPerUnit: 60 }],
    settings: { unit: 'minute' },
  };
  const kimai: ConnectorSetup = {
    ...{ id: 'kimai', kind: 'kimai', name: 'Kimai', baseUrl: urls.kimai, token: facts.kimai.token, timeZone },
  };
  const bridge: BridgeSetup = {
    ...{ id: DEMO_BRIDGE, name: 'Zammad → Kimai', source: zammad.id, target: kimai.id, code: 'demo' },
    ...{ mode: 'live', startFrom: facts.startFrom, confirmFirstRun: true },
    schedule: { cron: '*/15 * * * *', nightlyCron: '0 2 * * *', timeZone, paused: false },
    mappings: mappingsOf(facts),
  };
  return { connectors: [zammad, kimai], bridges: [bridge] };
}

function mappingsOf({ activities, users, organizations }: DemoFacts): BridgeSetup['mappings'] {
  const row = (source: string, target: number) => ({ source, target: String(target) });
  return {
    // The empty id stands for an entry without a type.
    activities: activities.map((one) => row(String(one.zammadTypeId ?? ''), one.kimaiActivityId)),
    users: users.map((one) => row(String(one.zammadUserId), one.kimaiUserId)),
    customers: organizations.map((one) =>
      row(`organization:${one.zammadOrganizationId}`, one.kimaiProjectId),
    ),
  };
}
