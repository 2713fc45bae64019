import type { RuleRecord } from '../../db/stores/rules.js';

export const presentRule = ({ id, revision, name, when, then, enabled }: RuleRecord) => ({
  id,
  revision,
  name,
  when: {
    kinds: when.kinds && [...when.kinds],
    customerKeys: when.customerKeys && [...when.customerKeys],
    userIds: when.userIds && [...when.userIds],
    activityTypeIds: when.activityTypeIds && [...when.activityTypeIds],
    secondsBelow: when.secondsBelow,
    secondsFrom: when.secondsFrom,
  },
  then,
  enabled,
});
