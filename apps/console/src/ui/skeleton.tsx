/** A shape where something will be. */
export const Bone = ({ className }: { className: string }) => (
  <span aria-hidden="true" className={`block animate-wait rounded-check bg-raised ${className}`} />
)
