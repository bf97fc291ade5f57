import { useEffect, useRef, useState } from 'react'
import type { At, Post, PublishTarget } from '../../api.ts'
import { type Choice, dueOf, endsBefore, hindrance, saveWords, sendLabel } from '../../logic/compose-words.ts'
import { dayAndMonth } from '../../logic/dates.ts'
import { heldBack } from '../../logic/issues.ts'
import { isEmpty } from '../../logic/post-content.ts'
import { isOnItsWay, placeOf } from '../../logic/uploads.ts'
import { dayOf, noon, timeOf } from '../../logic/wall-time.ts'
import { count, sentenceList } from '../../logic/words.ts'
import { networkOf } from '../../marks/networks.ts'
import { Icon } from '../icon.tsx'
import { Accounts } from './accounts.tsx'
import type { ComposerProps } from './composer.tsx'
import { BegunNote, hasBegun } from './composer-states.tsx'
import { DeskContext } from './context.ts'
import { Editor } from './editor.tsx'
import { FirstComment } from './first-comment.tsx'
import { IssueList } from './issue-list.tsx'
import { LinkCard } from './link-card.tsx'
import { MediaTray } from './media-tray.tsx'
import { Options } from './options.tsx'
import { PollEditor } from './poll-editor.tsx'
import { Previews } from './previews.tsx'
import { StaleSheet } from './stale-sheet.tsx'
import { useChoice } from './use-choice.ts'
import { useDeskState } from './use-desk-state.ts'
import type { DraftHold } from './use-draft.ts'
import { useDropAndKeys } from './use-drop.ts'
import { useGuard } from './use-guard.ts'
import { useSend } from './use-send.ts'
import { WhenBar } from './when-bar.tsx'

export interface DeskProps extends ComposerProps {
  post: Post | undefined
  targets: readonly PublishTarget[]
  zone: string
  slots: readonly At[]
}

export function ComposerDesk(props: DeskProps) {
  const { post, targets, zone, slots, heading: Heading = 'h1' } = props
  const root = useRef<HTMLDivElement>(null)
  const { desk, hold } = useDeskState(props, root)
  const { draft, scope, content, write, uploads, check } = desk
  const own = ownOf(hold, post)
  const scheduled = own?.state === 'scheduled'
  const [now] = useState(Date.now)
  const { choice, choose } = useChoice({ ...props, post: own, id: hold.autosave.known()?.id })
  /** The question of two writers may wait until the next try to save. */
  const [aside, setAside] = useState(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new state asks anew
  useEffect(() => setAside(false), [hold.saving])
  const [next] = slots
  const held = heldBack(check)
  const due = dueOf(choice, next, now)
  const send = useSend(hold, { scheduledAt: scheduled ? own.at : null, ...props })
  const begun = own !== undefined && hasBegun(own) && !send.sending && !send.sent
  useGuard(hold, uploads, { byItself: !scheduled && !begun, onUnsaved: props.onUnsaved })
  const risks = targets.flatMap((target) => {
    if (!draft.targets.some((one) => one.accountId === target.account.id)) return []
    const day = endsBefore(target, due, now)
    return day === undefined ? [] : [{ target, words: `it falls after the connection ends on ${day}` }]
  })
  const nothing = isEmpty(draft) && hold.autosave.known() === undefined
  const hinders = begun
    ? 'It has begun to go out.'
    : hindrance({
        draft,
        choice,
        next,
        uploading: uploads.list.filter(isOnItsWay).length,
        held: held.length,
        now: Date.now(),
      })
  useDropAndKeys(root, {
    files: (files) => uploads.add(placeOf(scope, 'media'), files),
    save: () => nothing || begun || send.save(),
  })
  return (
    <DeskContext value={desk}>
      <div ref={root} data-slot="composer" className="mooring-composer">
        <div className="mooring-composer-grid">
          <div className="mooring-composer-main">
            <header className="mooring-composer-head">
              <Heading>
                {scheduled ? 'Scheduled post' : begun ? 'Post' : own === undefined ? 'New post' : 'Draft'}
              </Heading>
              <SaveNote words={saveWords(hold.saving, scheduled || begun)} is={hold.saving.is} onRetry={send.save} />
              {props.aside}
            </header>
            {begun && <BegunNote post={own} onLook={props.onLook} onCopy={desk.keepMine} />}
            <Accounts />
            <Editor />
            <MediaTray at="media" uses={content.media} onChange={(media) => write({ media })} />
            <LinkCard />
            <PollEditor />
            <FirstComment />
            <Options />
            <IssueList risks={risks} />
          </div>
          <WhenBar
            choice={choice}
            onChoose={choose}
            zone={zone}
            slots={slots}
            label={send.isChange(choice) ? 'Save changes' : sendLabel(choice, draft.targets.length, held.length)}
            hindrance={hinders}
            note={send.error ?? stayBehind(held, targets)}
            busy={send.sending}
            onSend={() => send.send(choice)}
            second={
              scheduled
                ? { label: 'Back to drafts', busy: send.takingBack, run: send.takeBack }
                : { label: 'Save draft', busy: send.saving, blocked: nothing || begun, run: send.save }
            }
          />
          <Previews when={whenShown(choice, next)} />
        </div>
        {hold.saving.is === 'stale' && !aside && (
          <StaleSheet
            postId={hold.autosave.known()?.id ?? ''}
            onTheirs={(theirs) => {
              desk.takeTheirs(theirs)
              if (theirs.at) choose({ how: 'at', at: theirs.at })
            }}
            onCopy={desk.keepMine}
            onClose={() => setAside(true)}
          />
        )}
      </div>
    </DeskContext>
  )
}

/** What is written on, as it is known last: a copy of it is another post, and of two views of it the newer counts. */
function ownOf({ post: held, autosave }: DraftHold, seen: Post | undefined): Post | undefined {
  const id = autosave.known()?.id
  const [one, other] = [seen, held].map((post) => (post?.id === id ? post : undefined))
  return one && other && one.version < other.version ? other : (one ?? other)
}

/** As the network would date it. */
function whenShown(choice: Choice, next: At | undefined): string {
  const at = choice.how === 'at' ? choice.at : choice.how === 'slot' ? next : undefined
  if (!at || Number.isNaN(noon(dayOf(at)))) return 'Now'
  return `${dayAndMonth(new Date(noon(dayOf(at))).toISOString())}, ${timeOf(at)}`
}

function stayBehind(held: readonly string[], targets: readonly PublishTarget[]): string | undefined {
  const names = targets
    .filter((one) => held.includes(one.account.id))
    .map(({ account }) => `${account.label} on ${networkOf(account).name}`)
  if (names.length === 0) return held.length === 0 ? undefined : 'An account that is gone stays behind.'
  const who = names.length > 2 ? count(names.length, 'account') : sentenceList(names)
  return `${who} ${names.length === 1 ? 'stays' : 'stay'} behind until it is mended.`
}

function SaveNote({ words, is, onRetry }: { words: string; is: string; onRetry: () => void }) {
  return (
    <p className="mooring-save-note" data-is={is} role="status">
      {is === 'saved' && <Icon name="check" size={14} />}
      {is === 'failed' && <Icon name="cloud-off" size={14} />}
      <span>{words}</span>
      {is === 'failed' && (
        <button type="button" className="mooring-link" onClick={onRetry}>
          Try again
        </button>
      )}
    </p>
  )
}
