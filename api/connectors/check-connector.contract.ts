import * as yup from 'yup';
import type { Fact } from '../../domain/reason.js';
import { API_PREFIX, contract } from '../contract.js';
import { closed, instant, json, list, slug } from '../fields.contract.js';

/** The worker calls the system; 503 while Temporal cannot be reached, 504 when the check takes too long. */
export const checkConnector = contract({
  id: 'checkConnector',
  method: 'post',
  path: `${API_PREFIX}/connectors/:connectorId/check`,
  summary: 'Test a system: address, token, rights, version, time zone',
  access: 'admin',
  params: closed({ connectorId: slug().required() }),
  reply: closed({
    ok: yup.boolean().required(),
    findings: list(
      closed({
        level: yup
          .string()
          .oneOf(['ok', 'warning', 'error'] as const)
          .required(),
        code: yup.string().required(),
        facts: json<Readonly<Record<string, Fact>>>().required(),
      }),
    ),
    /** Of a source: a few of its newest entries, for people to confirm by them how long the unit is. */
    samples: list(
      closed({
        ticketNumber: yup.string().required(),
        ticketTitle: yup.string().defined(),
        personName: yup.string().defined(),
        bookedAt: instant().required(),
        unitText: yup.string().required(),
        /** By the unit that is set; null when the number does not parse. */
        seconds: yup.number().nullable().defined(),
      }),
    ),
  }),
});
