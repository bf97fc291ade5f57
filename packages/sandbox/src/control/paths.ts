export const CONTROL_PATH = '/__control'
/** What the buttons of the sandbox's own page send to. */
export const PRESS_PATH = '/__press'
