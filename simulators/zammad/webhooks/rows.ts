import type { TriggerRow, WebhookRow } from '../world.js';

type Made = { readonly at: string; readonly userId: number };

const stamps = ({ at, userId }: Made) => ({
  updated_by_id: userId,
  created_by_id: userId,
  created_at: at,
  updated_at: at,
});

/** A webhook with the form's standard values. */
export function makeWebhook(id: number, made: Made, wish: { name: string; endpoint: string }): WebhookRow {
  return {
    id,
    ...wish,
    http_method: 'post',
    signature_token: null,
    ssl_verify: true,
    basic_auth_username: null,
    basic_auth_password: null,
    bearer_token: null,
    pre_defined_webhook_type: null,
    customized_payload: false,
    custom_payload: null,
    note: null,
    active: true,
    ...stamps(made),
  };
}

/** A trigger with the form's standard values: on actions, selective, without a condition. */
export function makeTrigger(id: number, made: Made, name: string): TriggerRow {
  return {
    id,
    name,
    condition: {},
    perform: {},
    activator: 'action',
    execution_condition_mode: 'selective',
    disable_notification: true,
    localization: null,
    timezone: null,
    note: null,
    active: true,
    ...stamps(made),
  };
}

const ON_EVERY_SAVE = {
  operator: 'OR',
  conditions: [
    { name: 'ticket.action', operator: 'is', value: 'create' },
    { name: 'ticket.action', operator: 'is', value: 'update' },
  ],
};

/** The trigger that misses nothing which saves a ticket: execution "always", created or updated. */
export function makeRobustTrigger(id: number, made: Made, webhook: WebhookRow): TriggerRow {
  return {
    ...makeTrigger(id, made, webhook.name),
    condition: ON_EVERY_SAVE,
    perform: { 'notification.webhook': { webhook_id: String(webhook.id) } },
    execution_condition_mode: 'always',
  };
}
