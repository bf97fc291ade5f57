import { Button, type ButtonProps } from '../parts/button.tsx'

export { Spinner } from '../parts/button.tsx'

/** The one next step, as wide as the page. It says after a second that it is under way. */
export const FlowButton = ({ variant = 'primary', ...rest }: Omit<ButtonProps, 'size'>) => (
  <Button {...rest} variant={variant} size="wide" />
)
