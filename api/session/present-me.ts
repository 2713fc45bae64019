import type { Me } from './session-shape.contract.js';

export const presentMe = ({ id, name, email, role, language }: Me): Me => ({
  id,
  name,
  email,
  role,
  language,
});
