import { Tile } from '../ui/tile.tsx'

/** Of what people sign in to by credentials, whichever service it goes through. */
export const SignInMark = () => <Tile provider="linkedin" name="LinkedIn" size={44} />
