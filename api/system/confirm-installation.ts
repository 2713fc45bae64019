import { writeAudit } from '../../db/stores/audit.js';
import { confirmInstallation as confirm } from '../../db/stores/installation.js';
import { notifyChange } from '../../db/notify.js';
import { inTransaction } from '../../db/sql.js';
import { didBy } from '../audit-record.js';
import { endpoint } from '../endpoint.js';
import { Problem } from '../http/problem.js';
import { confirmInstallation } from './confirm-installation.contract.js';

export const confirmInstallationEndpoint = endpoint(confirmInstallation, ({ db }, { actor }) =>
  inTransaction(db, async (session) => {
    const confirmed = await confirm(session);
    if (confirmed === null) {
      throw new Problem(
        409,
        'nothing-to-confirm',
        'The database and the data folder belong to the same installation',
      );
    }
    const subject = { kind: 'installation', id: confirmed.installationId };
    const details = { bridges: confirmed.bridges };
    await writeAudit(session, [didBy(actor, { action: 'installation.confirmed', subject, details })]);
    await notifyChange(session, 'bridges', []);
    return confirmed;
  }),
);
