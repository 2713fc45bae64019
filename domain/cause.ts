/** On whose behalf something is planned and written; goes to ledger and audit. */
export type Cause = { readonly runId: string | null; readonly decisionId: string | null };
