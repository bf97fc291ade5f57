export const CONTROL_PATH = '/__control'
/** What the buttons of the sandbox's own page send to. */
export const PRESS_PATH = '/__press'
/** What was published, by platform. */
export const LEDGER_PATH = '/__control/:platform/ledger'
