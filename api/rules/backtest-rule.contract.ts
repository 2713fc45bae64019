import * as yup from 'yup';
import { CHOICES } from '../../domain/conflict.js';
import { API_PREFIX, contract, type ReplyOf } from '../contract.js';
import { closed, instant, list, reason, rowId, slug } from '../fields.contract.js';
import { ruleInput } from './rule-shape.contract.js';

/** So many decided cases of a bridge are looked at, the newest. */
export const MOST_RECORDED = 5000;
/** So many of the cases that differ are named. */
export const MOST_EXAMPLES = 20;

const count = () => yup.number().integer().required();
const choice = () => yup.string().oneOf(CHOICES).required();

export const backtestRule = contract({
  id: 'backtestRule',
  method: 'post',
  path: `${API_PREFIX}/bridges/:bridgeId/rules/backtest`,
  summary: 'How a rule would have done on what people decided before; nothing is decided or stored',
  access: 'approver',
  params: closed({ bridgeId: slug().required() }),
  body: closed({
    /** It is tried as if it were switched on. */
    rule: ruleInput(),
    /** Among the other rules, counted from 1: the first that matches decides. Left out: where the rule of this id stands, else last. */
    place: yup.number().integer().min(1).max(201),
  }),
  reply: closed({
    /** Cases that people decided, of the kinds that rules see. */
    considered: count(),
    /** The condition fits and no rule before it takes the case. */
    matched: count(),
    decided: count(),
    same: count(),
    different: count(),
    /** Fits, but still waits for a person. */
    left: count(),
    /** The counts as one sentence. */
    summary: reason(),
    /** Of those that differ, the newest. */
    examples: list(
      closed({
        conflictId: rowId().required(),
        ticketNumber: yup.string().nullable().defined(),
        customerName: yup.string().nullable().defined(),
        secondsAtStake: yup.number().required(),
        decidedAt: instant().required(),
        person: choice(),
        rule: choice(),
      }),
    ),
  }),
});

export type BacktestReply = ReplyOf<typeof backtestRule>;
