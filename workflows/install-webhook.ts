import { installWebhook as install } from './activities.js';
import type { InstallWebhook, WebhookInstalled } from './messages.js';

/** Webhook and triggers in the source; secret and token travel sealed, only the worker opens them. */
export const installWebhook = (args: InstallWebhook): Promise<WebhookInstalled> => install(args);
