import { useId } from 'react'
import type { PublishTarget } from '../../api.ts'
import { counterOf, type IssueLine, issueLines, issueSummary, namesOf, undescribed } from '../../logic/issues.ts'
import { withAccounts } from '../../logic/post-content.ts'
import { withSplit } from '../../logic/split.ts'
import { count } from '../../logic/words.ts'
import { networkOf } from '../../marks/networks.ts'
import { Icon } from '../icon.tsx'
import { useDesk } from './context.ts'
import { Reconnect } from './reconnect.tsx'

export interface Risk {
  target: PublishTarget
  /** "falls after the connection ends on 23 Oct" */
  words: string
}

/** All that stands against it, each with the way to where it is mended. */
export function IssueList({ risks }: { risks: readonly Risk[] }) {
  const { draft, targets, change, check, unchecked, content, media, taken, scope, jump } = useDesk()
  const id = useId()
  const accounts = targets.map((one) => one.account)
  const lines = issueLines(check, draft, accounts)
  const pictures = (one: string) => ['image', 'gif'].includes(media.get(one)?.kind ?? '')
  const bare = taken.altText > 0 ? undescribed(content, pictures) : undefined
  const ids = draft.targets.map((one) => one.accountId)
  const gone = ids.filter((one) => !accounts.some((account) => account.id === one))
  const own = [...risks, ...(bare ? [bare] : [])].map(() => ({ severity: 'warning' as const }))
  const bad = gone.map(() => ({ severity: 'error' as const }))
  if (lines.length + own.length + bad.length === 0 && unchecked === undefined) return null
  return (
    <section className="mooring-issues" aria-labelledby={id} data-slot="composer-issues">
      <header>
        <h2 id={id}>Before it goes out</h2>
        <p role="status">{issueSummary([...bad, ...lines, ...own])}</p>
      </header>
      <ul>
        {unchecked !== undefined && (
          <li data-severity="warning" data-code="unchecked">
            <Icon name="cloud-off" size={15} />
            <p role="status">{unchecked}</p>
          </li>
        )}
        {gone.map((id) => (
          <li key={id} data-severity="error" data-code="account_gone">
            <Icon name="circle-alert" size={15} />
            <p>
              <span className="mooring-hidden">To fix. </span>An account that is gone
            </p>
            <button
              type="button"
              className="mooring-link"
              onClick={() =>
                change((now) =>
                  withAccounts(
                    now,
                    ids.filter((one) => one !== id),
                  ),
                )
              }
            >
              Leave it out
            </button>
          </li>
        ))}
        {lines.map((line) => (
          <Line key={`${line.scope} ${line.at} ${line.code} ${line.message}`} line={line} />
        ))}
        {risks.map(({ target, words }) => (
          <li key={target.account.id} data-severity="warning">
            <Icon name="clock-alert" size={15} />
            <p>
              <b>{networkOf(target.account).name}:</b> {words}
            </p>
            <Reconnect target={target} />
          </li>
        ))}
        {bare && (
          <li data-severity="warning" data-code="alt_missing">
            <Icon name="triangle-alert" size={15} />
            <p>
              <b>{count(bare.count, 'picture')}</b> without alt text
            </p>
            <button type="button" className="mooring-link" onClick={() => jump(scope, bare.at)}>
              Add it
            </button>
          </li>
        )}
      </ul>
    </section>
  )
}

function Line({ line }: { line: IssueLine }) {
  const { targets, jump } = useDesk()
  const { severity, at, scope, accounts, message, places } = line
  const [first] = accounts
  const target = targets.find((one) => one.account.id === first?.id)
  return (
    <li data-severity={severity} data-code={line.code} data-issue-at={at}>
      <Icon name={severity === 'error' ? 'circle-alert' : 'triangle-alert'} size={15} />
      <p>
        <span className="mooring-hidden">{severity === 'error' ? 'To fix. ' : 'To look at. '}</span>
        <b>{namesOf(accounts, (account) => networkOf(account).name)}:</b> {message}
        {places > 1 && <span className="mooring-issue-places"> {places} times</span>}
      </p>
      <span className="mooring-issue-acts">
        {at === 'account' ? (
          target?.connection.state === 'reauthorize' && <Reconnect target={target} />
        ) : (
          <Mend line={line} onShow={() => jump(scope, at)} />
        )}
      </span>
    </li>
  )
}

/** A text that is too long for one of several has two ways out beside being shortened. */
function Mend({ line, onShow }: { line: IssueLine; onShow: () => void }) {
  const { targets, jump, draft, change, check } = useDesk()
  const [account, ...more] = line.accounts
  const target = targets.find((one) => one.account.id === account?.id)
  if (!account || !target) return null
  const counter = counterOf(check, account.id, line.at)
  const long = line.at === 'text' && counter !== undefined && counter.used > counter.limit
  const { name } = networkOf(account)
  const split = () => {
    change((now) =>
      line.accounts.reduce((next, { id }) => {
        const limit = counterOf(check, id, line.at)?.limit
        const features = targets.find((one) => one.account.id === id)?.features
        if (limit === undefined || !features?.thread) return next
        return withSplit(next, id, { limit, weighted: features.text.weighted })
      }, now),
    )
    jump(account.id, 'text')
  }
  return (
    <>
      {long && line.scope === 'all' && draft.targets.length > 1 ? (
        <button type="button" className="mooring-link" onClick={() => jump(account.id, 'text')}>
          Write for {more.length === 0 ? name : account.label}
        </button>
      ) : (
        <button type="button" className="mooring-link" onClick={onShow}>
          {line.at.endsWith('.alt') ? 'Add it' : 'Show'}
          <span className="mooring-hidden"> where: {line.message}</span>
        </button>
      )}
      {long && target.features.thread && (
        <button type="button" className="mooring-link" onClick={split}>
          Split
          <span className="mooring-hidden"> it in parts for {name}</span>
        </button>
      )}
    </>
  )
}
