import * as yup from 'yup';
import { API_PREFIX, contract } from '../contract.js';
import { closed } from '../fields.contract.js';

/** 409 `nothing-to-confirm` when database and data folder belong together. */
export const confirmInstallation = contract({
  id: 'confirmInstallation',
  method: 'post',
  path: `${API_PREFIX}/system/confirm-installation`,
  summary: 'Say that this copy or restore is the installation from now on; its bridges go on',
  access: 'admin',
  reply: closed({ installationId: yup.string().required(), bridges: yup.number().required() }),
});
