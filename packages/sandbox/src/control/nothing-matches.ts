/** A command that names something which is not there: better said than silently done to nothing. */
export class NothingMatches extends Error {}
