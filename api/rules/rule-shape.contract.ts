import * as yup from 'yup';
import { CHOICES, CONFLICT_KINDS } from '../../domain/conflict.js';
import { closed, text, uuid } from '../fields.contract.js';

const keys = () => yup.array().of(yup.string().max(120).required()).min(1).max(200);

export const RULE_CHOICES = [...CHOICES, 'ask'] as const;

export const ruleFields = {
  name: text(120).required(),
  /** Every part that is given must hold. */
  when: closed({
    kinds: yup.array().of(yup.string().oneOf(CONFLICT_KINDS).required()).min(1),
    customerKeys: keys(),
    userIds: keys(),
    /** Empty: entries without an activity type. */
    activityTypeIds: yup.array().of(yup.string().max(120).defined()).min(1).max(200),
    secondsBelow: yup.number().integer().min(1),
    secondsFrom: yup.number().integer().min(0),
  }),
  then: yup.string().oneOf(RULE_CHOICES).required(),
  enabled: yup.boolean().required(),
};

export const rule = () => closed({ id: uuid().required(), revision: yup.number().required(), ...ruleFields });

/** A rule as it is given: without an id it is new. */
export const ruleInput = () => closed({ id: uuid(), ...ruleFields });
