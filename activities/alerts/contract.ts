/** What the process of the alerts asks of the outside. */
export interface AlertActivities {
  /** Turns what is due into messages. `more` asks for another call. */
  composeAlerts(): Promise<{ readonly more: boolean }>;
  /** Sends a page of due messages; one that fails is tried again later, by itself. */
  sendAlerts(): Promise<{ readonly sent: number; readonly more: boolean }>;
}
