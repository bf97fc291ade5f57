import { Link } from '@tanstack/react-router'
import { useTitle } from '../app/use-title.ts'
import { CardPage } from './card-page.tsx'

export function NotFound() {
  useTitle('Not here')
  return (
    <CardPage title="There is nothing here">
      <p>The address is mistyped, or what was here is gone.</p>
      <p>
        <Link to="/accounts" className="mooring-button" data-slot="button" data-variant="secondary">
          To your accounts
        </Link>
      </p>
    </CardPage>
  )
}
