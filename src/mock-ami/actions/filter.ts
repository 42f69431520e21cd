import { parseFilter, parseLegacyFilter } from '../config/event-filter.ts';
import type { ActionRequest, Answered } from './action-request.ts';

const FAULTS = {
  format: 'Filter was formatted incorrectly.  Check the syntax of the filter given.',
  compile: 'Filter did not compile.  Check the syntax of the filter given.',
} as const;

/** Adds a filter to this session. Source: `action_filter`, main/manager.c; recording `filter-action`. */
export function filter(request: ActionRequest): Answered {
  if (request.header('Operation').toLowerCase() !== 'add') {
    return request.error('Unknown operation');
  }
  const criteria = request.header('MatchCriteria');
  const expression = request.header('Filter');
  const parsed = criteria === '' ? parseLegacyFilter(expression) : parseFilter(criteria, expression);
  if ('fault' in parsed) {
    return request.error(FAULTS[parsed.fault]);
  }
  request.session.filters = [...request.session.filters, parsed];
  return request.success('Success');
}
