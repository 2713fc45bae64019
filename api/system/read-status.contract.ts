import * as yup from 'yup';
import { API_PREFIX, contract } from '../contract.js';
import { connectorKind } from '../connectors/connector-shape.contract.js';
import { closed, instant, list, reason, uuid } from '../fields.contract.js';
import { run } from '../runs/run-shape.contract.js';

export const readStatus = contract({
  id: 'readStatus',
  method: 'get',
  path: `${API_PREFIX}/status`,
  summary: 'How the installation is: systems, processes, runs and what waits',
  access: 'viewer',
  reply: closed({
    version: yup.string().required(),
    /** False: nothing can be decided or started until Temporal answers again; webhooks are kept meanwhile. */
    temporal: closed({ reachable: yup.boolean().required(), uiUrl: yup.string().nullable().defined() }),
    connectors: list(
      closed({
        id: yup.string().required(),
        kind: connectorKind().required(),
        name: yup.string().required(),
        health: yup
          .string()
          .oneOf(['ok', 'paused'] as const)
          .required(),
        cause: reason().nullable().defined(),
        since: instant().required(),
        nextProbeAt: instant().nullable().defined(),
      }),
    ),
    /** Bridges that are paused, e.g. after a restore. */
    pausedBridges: list(
      closed({ id: yup.string().required(), name: yup.string().required(), cause: reason() }),
    ),
    bridges: yup.number().required(),
    /** The newest run of each bridge. */
    lastRuns: list(run()),
    /** Who is on duty this week, in bridges whose people take turns: what is assigned to nobody is theirs. */
    duty: list(
      closed({
        bridgeId: yup.string().required(),
        bridgeName: yup.string().required(),
        person: closed({ id: uuid().required(), name: yup.string().required() }),
      }),
    ),
    counts: closed({
      open: yup.number().required(),
      snoozed: yup.number().required(),
      gaps: yup.number().required(),
      /** Σ of the absolute seconds that wait for a decision. */
      openSeconds: yup.number().required(),
      pendingWrites: yup.number().required(),
      waitingDeliveries: yup.number().required(),
    }),
  }),
});
