import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import '@mooring/react/theme.css'
import '@mooring/react/styles.css'
import './product.css'

export const metadata: Metadata = { title: 'The product' }

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <main>{children}</main>
      </body>
    </html>
  )
}
