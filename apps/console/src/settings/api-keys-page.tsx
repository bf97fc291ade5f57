import { useTitle } from '../app/use-title.ts'
import { ApiKeys } from './api-keys.tsx'

export function ApiKeysPage() {
  useTitle('API keys')
  return <ApiKeys />
}
