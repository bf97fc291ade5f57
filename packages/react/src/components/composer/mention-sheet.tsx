import { useState } from 'react'
import { TextField } from '../credentials/text-field.tsx'
import { Button } from '../parts/button.tsx'
import { Sheet } from '../parts/sheet.tsx'
import { useDesk } from './context.ts'

/** A network that names people by its own id lets nobody search for it: the person brings it. */
export function MentionSheet({ onClose }: { onClose: () => void }) {
  const { content, write } = useDesk()
  const [name, setName] = useState('')
  const [id, setId] = useState('')
  const ready = name.trim() !== '' && id.trim() !== ''
  const add = () => {
    const word = name.trim()
    const before = content.text === '' || /\s$/.test(content.text) ? content.text : `${content.text} `
    write({
      text: `${before}@${word} `,
      mentions: [...(content.mentions ?? []).filter((one) => one.name !== word), { name: word, id: id.trim() }],
    })
    onClose()
  }
  return (
    <Sheet
      title="Mention somebody"
      description="The network finds them by its own id. Their name stands in the text."
      onClose={onClose}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" blocked={!ready} onClick={add}>
            Add to the text
          </Button>
        </>
      }
    >
      <div className="mooring-form">
        <TextField
          label="Name, as the network writes it"
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <TextField
          label="Id at the network"
          hint="It stands in the address of their page, or an admin of it can tell."
          autoComplete="off"
          spellCheck={false}
          value={id}
          onChange={(event) => setId(event.target.value)}
        />
      </div>
    </Sheet>
  )
}
