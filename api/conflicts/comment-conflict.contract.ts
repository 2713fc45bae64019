import { API_PREFIX, contract } from '../contract.js';
import { closed, rowId, text } from '../fields.contract.js';
import { timelineItem } from './timeline-item.contract.js';

export const commentConflict = contract({
  id: 'commentConflict',
  method: 'post',
  path: `${API_PREFIX}/conflicts/:conflictId/comments`,
  summary: 'Leave a note for colleagues',
  access: 'approver',
  status: 201,
  params: closed({ conflictId: rowId().required() }),
  body: closed({ text: text(2000).required() }),
  reply: closed({ item: timelineItem() }),
});
