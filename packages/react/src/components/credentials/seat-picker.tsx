import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { useSeats, useTakeSeat } from '../../hooks/credentials.ts'
import { matching } from '../../logic/selection.ts'
import { count } from '../../logic/words.ts'
import { Icon } from '../icon.tsx'
import { FlowAlert } from './flow-alert.tsx'
import { FlowButton } from './flow-button.tsx'
import { FlowHead } from './flow-head.tsx'
import { SeatRow } from './seat-row.tsx'
import { credentialsOf, type StepProps } from './step-props.ts'

/** One of the seats that the service has already, out of any number. */
export function SeatPicker(props: StepProps & { children?: ReactNode }) {
  const { flow, mark, heading, children } = props
  const { service, platform, asker } = credentialsOf(flow)
  const seats = useSeats(flow.id)
  const take = useTakeSeat(flow.id)
  const [query, setQuery] = useState('')
  const [chosen, choose] = useState<string | undefined>(undefined)
  const [fault, setFault] = useState(false)
  const list = useRef<HTMLFieldSetElement>(null)
  const search = useRef<HTMLInputElement>(null)
  const faultId = useId()
  const there = seats.data !== undefined
  useEffect(() => {
    if (there) search.current?.focus()
  }, [there])
  const all = seats.data ?? []
  const fits = matching(query)
  const shown = all.filter(({ label, email }) => fits(`${label} ${email ?? ''}`))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (take.isPending) return
    if (chosen === undefined) return setFault(true)
    take.mutate(chosen)
  }
  const intoList = () => list.current?.querySelector<HTMLInputElement>('input:checked, input')?.focus()
  return (
    <form data-slot="seat-picker" className="mooring-flow" onSubmit={submit}>
      <FlowHead title="Choose a seat" mark={mark} heading={heading}>
        {service} has these {platform} seats already. Pick the one for {asker.name}.
      </FlowHead>
      {children}
      <FlowAlert message={take.isPending ? undefined : (take.error ?? seats.error ?? flow.error)?.message} />
      {there ? (
        <div className="mooring-seats">
          <label className="mooring-search">
            <Icon name="search" size={16} />
            <input
              ref={search}
              type="search"
              value={query}
              placeholder={`Search ${count(all.length, 'seat')}`}
              aria-label={`Search ${count(all.length, 'seat')}`}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => setQuery(event.target.value)}
              onKeyDown={(event) => {
                if (event.key !== 'ArrowDown') return
                event.preventDefault()
                intoList()
              }}
            />
          </label>
          <fieldset ref={list} aria-label="Seats">
            {shown.map((seat) => (
              <SeatRow
                key={seat.id}
                seat={seat}
                chosen={seat.id === chosen}
                onChoose={() => {
                  choose(seat.id)
                  setFault(false)
                }}
              />
            ))}
          </fieldset>
          <p className="mooring-picker-empty" role="status" hidden={shown.length > 0}>
            {shown.length > 0
              ? ''
              : all.length === 0
                ? `${service} has no seats yet.`
                : `Nothing found for “${query}”.`}
          </p>
        </div>
      ) : (
        !seats.isError && (
          <p className="mooring-seats-coming" aria-busy="true" role="status">
            Loading the seats…
          </p>
        )
      )}
      {seats.isError ? (
        <FlowButton variant="secondary" onClick={() => void seats.refetch()}>
          Load the list again
        </FlowButton>
      ) : (
        <FlowButton type="submit" busy={take.isPending} aria-describedby={fault ? faultId : undefined}>
          {take.isPending ? 'Connecting…' : 'Connect this seat'}
        </FlowButton>
      )}
      <p id={faultId} role="status" className={fault ? 'mooring-field-note' : 'mooring-hidden'} data-tone="bad">
        {fault ? 'Choose a seat first.' : ''}
      </p>
    </form>
  )
}
